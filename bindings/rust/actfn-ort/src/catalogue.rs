// SPDX-License-Identifier: MIT
//! libactfn's catalogue: the operations, and the legal values of their attributes.

use crate::host::Failure;
use actfn_sys as sys;
use std::ffi::CStr;

/// A scalar parameter, which is a float attribute, or an array of them, which is an input.
pub struct Parameter {
    pub name: &'static CStr,
    pub default: Option<f32>,
    pub array: bool,
    minimum: f32,
    maximum: f32,
    nonzero: bool,
}

/// An operation that becomes an operator.
pub struct Operation {
    pub op: sys::actfn_op,
    pub name: &'static CStr,
    pub family: sys::actfn_family,
    /// One value for each row, not for each element.
    pub reduces: bool,
    pub parameters: Vec<Parameter>,
    legal: &'static CStr,
}

impl Operation {
    /// All operations that an inference engine can use: no losses, no random operations.
    pub fn all() -> Vec<Operation> {
        // SAFETY: no arguments.
        let count = unsafe { sys::actfn_op_count() };
        let families = [
            sys::ACTFN_FAMILY_ELEMENTWISE,
            sys::ACTFN_FAMILY_CHANNELS,
            sys::ACTFN_FAMILY_GATES,
            sys::ACTFN_FAMILY_ROWS,
        ];
        (0..count).map(Operation::new).filter(|operation| families.contains(&operation.family)).collect()
    }

    fn new(op: sys::actfn_op) -> Operation {
        // SAFETY: op is below the count, so there is an entry, which lives as long as the process.
        let info = unsafe { &*sys::actfn_op_info(op) };
        let parameter = |index| {
            // SAFETY: as above, and index is below the entry's count.
            let info = unsafe { &*sys::actfn_op_param(op, index) };
            Parameter {
                name: text(info.name),
                default: (info.flags & sys::ACTFN_PARAM_REQUIRED == 0).then_some(info.default_value),
                array: info.flags & sys::ACTFN_PARAM_ARRAY != 0,
                minimum: info.minimum,
                maximum: info.maximum,
                nonzero: info.flags & sys::ACTFN_PARAM_NONZERO != 0,
            }
        };
        Operation {
            op,
            name: text(info.name),
            family: info.family,
            reduces: info.flags & sys::ACTFN_OP_REDUCES != 0,
            parameters: (0..info.param_count).map(parameter).collect(),
            legal: text(info.legal),
        }
    }

    /// The largest and the smallest number of inputs.
    pub fn inputs(&self) -> (usize, usize) {
        match self.family {
            sys::ACTFN_FAMILY_GATES => (2, 1),
            sys::ACTFN_FAMILY_CHANNELS => (1 + self.parameters.len(), 1 + self.parameters.len()),
            _ => (1, 1),
        }
    }

    /// The library's answer to these parameters, with the name of the wrong one.
    pub fn check(&self, mode: sys::actfn_mode, values: &[f32]) -> Result<(), Failure> {
        for (parameter, &value) in self.parameters.iter().zip(values) {
            parameter.check(value)?;
        }
        let (params, none, nowhere) = (pointer(values), std::ptr::null(), std::ptr::null_mut());
        // SAFETY: sizes of 0, which allow NULL for the buffers; as many parameters as the operation has.
        let status = unsafe {
            match self.family {
                sys::ACTFN_FAMILY_ELEMENTWISE => sys::actfn_forward_f32(self.op, mode, params, 0, none, nowhere),
                sys::ACTFN_FAMILY_ROWS => sys::actfn_rows_forward_f32(self.op, mode, params, 0, 0, 0, 1, none, nowhere),
                sys::ACTFN_FAMILY_GATES => {
                    sys::actfn_gates_forward_f32(self.op, mode, params, 0, 0, none, 0, none, 0, nowhere, 0)
                }
                _ => sys::ACTFN_OK,
            }
        };
        match status {
            sys::ACTFN_ERR_PARAM if !self.legal.is_empty() => {
                Err(Failure::new(format!("it takes {}", self.legal.to_string_lossy())))
            }
            status => accept(status),
        }
    }
}

impl Parameter {
    fn check(&self, value: f32) -> Result<(), Failure> {
        let name = self.name.to_string_lossy();
        if !(self.minimum..=self.maximum).contains(&value) {
            let (minimum, maximum) = (self.minimum, self.maximum);
            return Err(Failure::new(format!("{name} is {value:?}, and must be from {minimum:?} to {maximum:?}")));
        }
        if self.nonzero && value == 0.0 {
            return Err(Failure::new(format!("{name} must not be 0")));
        }
        Ok(())
    }
}

/// The library's array of parameters; NULL if an operation has none.
pub fn pointer(values: &[f32]) -> *const f32 {
    if values.is_empty() {
        std::ptr::null()
    } else {
        values.as_ptr()
    }
}

/// A status as a result.
pub fn accept(status: sys::actfn_status) -> Result<(), Failure> {
    match status {
        sys::ACTFN_OK => Ok(()),
        // SAFETY: takes any number.
        _ => Err(Failure::new(text(unsafe { sys::actfn_status_string(status) }).to_string_lossy())),
    }
}

fn text(words: *const std::ffi::c_char) -> &'static CStr {
    // SAFETY: the catalogue's texts are never NULL and live as long as the process.
    unsafe { CStr::from_ptr(words) }
}
