// SPDX-License-Identifier: MIT
//! The library's facts about its operations.

use crate::{text, Op};
use actfn_sys as sys;
use std::fmt;
use std::str::FromStr;

/// The way to compute.  Each mode gives the same bits on every instruction set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Mode {
    /// SLEEF's functions: most errors are 1 to 2 ULP.
    Accurate,
    /// The library's own kernels: faster, and most errors are at most 4 ULP.
    #[default]
    Fast,
}

impl Mode {
    /// The name of [`Mode::Accurate`] in 0.1.
    #[allow(non_upper_case_globals)]
    pub const Reproducible: Mode = Mode::Accurate;

    pub(crate) fn raw(self) -> sys::actfn_mode {
        match self {
            Mode::Accurate => sys::ACTFN_ACCURATE,
            Mode::Fast => sys::ACTFN_FAST,
        }
    }
}

/// The inputs of an operation, which decide the entries that take it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Family {
    /// [`forward`](crate::forward), [`backward`](crate::backward) and the functions by name.
    Elementwise,
    /// [`Channels`](crate::Channels): trainable weights for each channel.
    Channels,
    /// [`Rrelu`](crate::Rrelu) and [`GumbelSoftmax`](crate::GumbelSoftmax).
    Random,
    /// [`Gates`](crate::Gates).
    Gates,
    /// [`Rows`](crate::Rows): softmax and similar operations.
    Rows,
    /// [`Loss`](crate::Loss) and [`CrossEntropy`](crate::CrossEntropy).
    Losses,
    /// A family of a newer library that this crate does not know.
    Unknown,
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Family::Elementwise => "elementwise",
            Family::Channels => "channels",
            Family::Random => "random",
            Family::Gates => "gates",
            Family::Rows => "rows",
            Family::Losses => "losses",
            Family::Unknown => "unknown",
        })
    }
}

/// Bounds of the error, in ULP over all finite floats: 0 is exact, 0.5 correctly rounded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bounds {
    /// The bound of f.
    pub forward: f32,
    /// The bound of f'.
    pub backward: f32,
}

/// The catalogue's record of an operation.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct OpInfo {
    /// Other names that [`Op::from_str`] takes, comma-separated, or empty.
    pub aliases: &'static str,
    /// f(x), in plain ASCII.
    pub formula: &'static str,
    /// f'(x).
    pub derivative: &'static str,
    /// f' as a function of y, or empty.
    pub derivative_from_output: &'static str,
    /// Special values and kinks, or empty.
    pub note: &'static str,
    /// The relation between parameters that must hold (`"min <= max"`), or empty.
    pub legal: &'static str,
    /// The condition of the form from the output (`"slope >= 0"`), or empty.
    pub from_output_legal: &'static str,
    /// The family of the operation.
    pub family: Family,
    /// The accurate mode's bounds.
    pub bounds: Bounds,
    /// The fast mode's bounds.
    pub bounds_fast: Bounds,
    /// Whether the derivative is offered from the output.
    pub from_output: bool,
    /// Whether gradients of parameters are offered.
    pub param_gradient: bool,
    /// Rows: the backward form reads x.
    pub reads_x: bool,
    /// Rows: the backward form reads y.
    pub reads_y: bool,
    /// Rows: one value for each row, not for each element.
    pub reduces: bool,
}

/// A parameter of an operation.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct ParamInfo {
    /// Its name in formulas and errors.
    pub name: &'static str,
    /// Its default, if it has one.
    pub default: Option<f32>,
    /// The least legal value.
    pub minimum: f32,
    /// The greatest legal value.
    pub maximum: f32,
    /// Whether 0 is not legal.
    pub nonzero: bool,
    /// Whether its gradient is offered.
    pub gradient: bool,
    /// Whether it is an array, with a value for each channel: the weights of [`Channels`](crate::Channels).
    pub array: bool,
}

impl ParamInfo {
    /// Whether a value is legal.  Relations between parameters are not checked.
    pub fn takes(&self, value: f32) -> bool {
        value >= self.minimum && value <= self.maximum && !(self.nonzero && value == 0.0)
    }

    pub(crate) fn range(&self) -> String {
        let bound = |name: &str, value: f32| match value {
            _ if value.is_infinite() => String::new(),
            _ if value.abs() == f32::MAX => ", finite".to_string(),
            _ if value.is_subnormal() => ", more than 0".to_string(),
            _ => format!(", {name} {value}"),
        };
        let mut range = format!("a number{}", bound("at least", self.minimum));
        let maximum = bound("at most", self.maximum);
        if !range.ends_with(&maximum) {
            range += &maximum;
        }
        if self.nonzero {
            range += ", not 0";
        }
        range
    }
}

impl Op {
    fn raw_info(self) -> &'static sys::actfn_op_info {
        // SAFETY: any number is taken, and what comes back is NULL or a constant of the library.
        match unsafe { sys::actfn_op_info(self.raw()).as_ref() } {
            Some(info) => info,
            None => panic!("libactfn {} is older than this crate: it has no {self}", crate::version()),
        }
    }

    pub(crate) fn raw(self) -> sys::actfn_op {
        self as sys::actfn_op
    }

    /// The catalogue's record of this operation.
    ///
    /// # Panics
    /// If the shared library that runs is older than this crate and does not have the operation.
    pub fn info(self) -> OpInfo {
        let info = self.raw_info();
        let flag = |bit| info.flags & bit != 0;
        OpInfo {
            aliases: text(info.aliases),
            formula: text(info.formula),
            derivative: text(info.derivative),
            derivative_from_output: text(info.derivative_from_output),
            note: text(info.note),
            legal: text(info.legal),
            from_output_legal: text(info.from_output_legal),
            family: match info.family {
                sys::ACTFN_FAMILY_ELEMENTWISE => Family::Elementwise,
                sys::ACTFN_FAMILY_CHANNELS => Family::Channels,
                sys::ACTFN_FAMILY_RANDOM => Family::Random,
                sys::ACTFN_FAMILY_GATES => Family::Gates,
                sys::ACTFN_FAMILY_ROWS => Family::Rows,
                sys::ACTFN_FAMILY_LOSSES => Family::Losses,
                _ => Family::Unknown,
            },
            bounds: Bounds { forward: info.ulp_forward, backward: info.ulp_backward },
            bounds_fast: Bounds { forward: info.ulp_forward_fast, backward: info.ulp_backward_fast },
            from_output: flag(sys::ACTFN_OP_FROM_OUTPUT),
            param_gradient: flag(sys::ACTFN_OP_PARAM_GRADIENT),
            reads_x: flag(sys::ACTFN_OP_READS_X),
            reads_y: flag(sys::ACTFN_OP_READS_Y),
            reduces: flag(sys::ACTFN_OP_REDUCES),
        }
    }

    /// The number of its parameters.
    pub fn param_count(self) -> usize {
        self.raw_info().param_count as usize
    }

    /// Its parameters, in the order in which the entries take them.
    ///
    /// ```
    /// let names: Vec<_> = actfn::Op::Softplus.params().map(|param| (param.name, param.default)).collect();
    /// assert_eq!(names, [("beta", Some(1.0)), ("threshold", Some(20.0))]);
    /// ```
    pub fn params(self) -> impl ExactSizeIterator<Item = ParamInfo> {
        (0..self.raw_info().param_count).map(move |index| {
            // SAFETY: any numbers are taken, and the index is below the count: a constant of the library comes back.
            let param = unsafe { &*sys::actfn_op_param(self.raw(), index) };
            let flag = |bit| param.flags & bit != 0;
            ParamInfo {
                name: text(param.name),
                default: (!flag(sys::ACTFN_PARAM_REQUIRED)).then_some(param.default_value),
                minimum: param.minimum,
                maximum: param.maximum,
                nonzero: flag(sys::ACTFN_PARAM_NONZERO),
                gradient: flag(sys::ACTFN_PARAM_GRADIENT),
                array: flag(sys::ACTFN_PARAM_ARRAY),
            }
        })
    }
}

impl fmt::Display for Op {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// No operation has that name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownOp;

impl fmt::Display for UnknownOp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no operation has that name")
    }
}

impl std::error::Error for UnknownOp {}

/// Parses a name or an alias of the catalogue.
///
/// ```
/// use actfn::Op;
/// assert_eq!("gelu_tanh".parse(), Ok(Op::GeluTanh));
/// assert_eq!("logistic".parse(), Ok(Op::Sigmoid));
/// assert!("gelu2".parse::<Op>().is_err());
/// ```
impl FromStr for Op {
    type Err = UnknownOp;

    fn from_str(name: &str) -> Result<Self, UnknownOp> {
        let name = std::ffi::CString::new(name).map_err(|_| UnknownOp)?;
        // SAFETY: a string that ends in NUL and is read during the call only.
        let value = unsafe { sys::actfn_op_from_name(name.as_ptr()) };
        Op::ALL.iter().copied().find(|op| op.raw() == value).ok_or(UnknownOp)
    }
}
