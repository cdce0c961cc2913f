// SPDX-License-Identifier: MIT
//! The answers of a call, except success.

use crate::{text, Op};
use actfn_sys as sys;
use std::fmt;

/// The result of every call that can fail.  If it is an [`Error`], no output was touched.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// The reason why a call did nothing.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// The length of a slice does not fit the other slices or the shape.
    Length {
        /// The name of the argument.
        argument: &'static str,
        /// The length that it must have.
        expected: usize,
        /// The length that it has.
        found: usize,
    },
    /// This operation needs an argument that is optional elsewhere, or has a parameter without a default.
    Missing {
        /// The name of the argument.
        argument: &'static str,
    },
    /// A parameter is NaN, or outside the range that [`Op::params`] gives.
    Param {
        /// The operation.
        op: Op,
        /// The name of the parameter.
        name: &'static str,
        /// The value of the parameter.
        value: f32,
    },
    /// Each parameter is in its range, but the relation between them does not hold.
    Relation {
        /// The operation.
        op: Op,
        /// The relation: `"min <= max"`.
        legal: &'static str,
    },
    /// An argument holds a value that is infinite or NaN, which is not allowed.
    NotFinite {
        /// The name of the argument.
        argument: &'static str,
    },
    /// The operation is of another family, or does not have this form, or not with these parameters.
    NotOffered {
        /// The operation.
        op: Op,
        /// The condition of the form: `"slope >= 0"`; empty if the operation does not have the form.
        needs: &'static str,
    },
    /// Sizes, strides or a layout do not fit together.
    Shape {
        /// The name of the argument.
        argument: &'static str,
    },
    /// A shape holds more floats than the address space, or `maxout`'s rows more than 2^24.
    Size,
    /// Buffers overlap without being the same.  Only cells can do so: slices do not overlap.
    Overlap,
    /// A class or an index lies outside its row.
    Index,
    /// The instruction set is not in this library, or does not run on this machine.
    Isa,
    /// The number of an answer of a newer library that this crate does not know.
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

/// Translates the library's answer to a call of this operation with these parameters.  `argument` is the one that the library
/// can have refused as a shape or as not finite.
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

/// Like [`check`], for the forms from the output, which the parameters can forbid.
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
