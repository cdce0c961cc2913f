// SPDX-License-Identifier: MIT
//! What a call can answer but success.

use crate::{text, Op};
use actfn_sys as sys;
use std::fmt;

/// The result of every call that can fail.  Where it is an [`Error`], no output was touched.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why a call did nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// A slice is not as long as the others, or the shape, ask.
    Length {
        /// The name of the argument.
        argument: &'static str,
        /// How long it had to be.
        expected: usize,
        /// How long it is.
        found: usize,
    },
    /// This operation needs an argument that is optional elsewhere, or has a parameter without a default.
    Missing {
        /// The name of the argument.
        argument: &'static str,
    },
    /// A parameter is NaN, or not in the range that [`Op::params`] tells.
    Param {
        /// Whose parameter.
        op: Op,
        /// Which parameter.
        name: &'static str,
        /// What it was given.
        value: f32,
    },
    /// Each parameter is in its range, but what has to hold between them does not.
    Relation {
        /// Whose parameters.
        op: Op,
        /// What has to hold: `"min <= max"`.
        legal: &'static str,
    },
    /// An argument holds a value that is infinite or NaN, and must not.
    NotFinite {
        /// The name of the argument.
        argument: &'static str,
    },
    /// The operation is of another family, or has no such form, or not with these parameters.
    NotOffered {
        /// Which operation.
        op: Op,
        /// What has to hold for the form that was asked for: `"slope >= 0"`; empty where it does not exist.
        needs: &'static str,
    },
    /// Sizes, strides or a layout do not fit together.
    Shape {
        /// The name of the argument.
        argument: &'static str,
    },
    /// A shape holds more floats than the address space, or `maxout`'s rows more than 2^24.
    Size,
    /// Buffers overlap other than by being the same.  Only cells can: slices do not overlap.
    Overlap,
    /// A class or an index lies outside its row.
    Index,
    /// No such instruction set in this library, or not on this machine.
    Isa,
    /// What a newer library answers and this crate does not know: its number.
    Unknown(u32),
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Error::Length { argument, expected, found } => {
                write!(f, "`{argument}` has {found} elements and needs {expected}")
            }
            Error::Missing { argument } => write!(f, "`{argument}` is missing"),
            Error::Param { op, name, value } => {
                write!(f, "the parameter `{name}` of {op} cannot be {value}")?;
                match op.params().find(|param| param.name == name) {
                    Some(param) => write!(f, ": it is {}", param.range()),
                    None => Ok(()),
                }
            }
            Error::Relation { op, legal } => write!(f, "the parameters of {op} need {legal}"),
            Error::NotFinite { argument } => write!(f, "`{argument}` holds what is not finite"),
            Error::NotOffered { op, needs: "" } => write!(f, "{op} has no such form"),
            Error::NotOffered { op, needs } => write!(f, "{op} has such a form only for {needs}"),
            Error::Shape { argument } => write!(f, "`{argument}` does not fit the shape"),
            Error::Size => f.write_str("that many elements are too many"),
            Error::Overlap => f.write_str("buffers overlap other than by being the same"),
            Error::Index => f.write_str("an index lies outside its row"),
            Error::Isa => f.write_str("no such instruction set in this library, or not on this machine"),
            // SAFETY: any number is taken, and a string that lives as long as the process comes back.
            Error::Unknown(status) => f.write_str(text(unsafe { sys::actfn_status_string(status) })),
        }
    }
}

impl std::error::Error for Error {}

/// What the library's answer to a call of this operation, with these parameters, means; `argument` is what it can have
/// refused as a shape, or for not being finite.
pub(crate) fn check(status: sys::actfn_status, op: Op, params: &[f32], argument: &'static str) -> Result<()> {
    match status {
        sys::ACTFN_OK => Ok(()),
        _ => Err(failure(status, op, params, argument)),
    }
}

#[cold]
fn failure(status: sys::actfn_status, op: Op, params: &[f32], argument: &'static str) -> Error {
    match status {
        sys::ACTFN_ERR_NULL => Error::Missing { argument: "params" },
        sys::ACTFN_ERR_PARAM => match op.params().zip(params).find(|(param, value)| !param.takes(**value)) {
            Some((param, value)) => Error::Param { op, name: param.name, value: *value },
            None if op.info().legal.is_empty() || params.is_empty() => Error::NotFinite { argument },
            None => Error::Relation { op, legal: op.info().legal },
        },
        sys::ACTFN_ERR_NOT_OFFERED => Error::NotOffered { op, needs: "" },
        sys::ACTFN_ERR_OVERLAP => Error::Overlap,
        sys::ACTFN_ERR_SIZE => Error::Size,
        sys::ACTFN_ERR_ISA => Error::Isa,
        sys::ACTFN_ERR_SHAPE => Error::Shape { argument },
        sys::ACTFN_ERR_INDEX => Error::Index,
        other => Error::Unknown(other),
    }
}

/// As [`check`], for the forms from the output, which the parameters can forbid.
pub(crate) fn check_from_output(
    status: sys::actfn_status,
    op: Op,
    params: &[f32],
    argument: &'static str,
) -> Result<()> {
    check(status, op, params, argument).map_err(|error| match error {
        Error::NotOffered { op, .. } if op.info().from_output => {
            Error::NotOffered { op, needs: op.info().from_output_legal }
        }
        other => other,
    })
}
