// SPDX-License-Identifier: MIT
//! The types of a tensor's elements: what ONNX Runtime calls them, and which of the library's functions take them.

use crate::catalogue::Operation;
use actfn_sys as sys;
use ort_sys::ONNXTensorElementDataType;

#[derive(Clone, Copy)]
pub enum Element {
    F32,
    Bf16,
    F16,
}

impl Element {
    /// The types that a node may have.  Channels take only floats: ONNX's weights have the type of the tensor, the library's are
    /// floats, and a conversion would allocate in each call.
    pub fn of(operation: &Operation) -> &'static [Element] {
        match operation.family {
            sys::ACTFN_FAMILY_CHANNELS => &[Element::F32],
            _ => &[Element::F32, Element::Bf16, Element::F16],
        }
    }

    pub fn size(self) -> usize {
        match self {
            Element::F32 => 4,
            Element::Bf16 | Element::F16 => 2,
        }
    }

    pub fn onnx(self) -> ONNXTensorElementDataType {
        match self {
            Element::F32 => ONNXTensorElementDataType::ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT,
            Element::Bf16 => ONNXTensorElementDataType::ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16,
            Element::F16 => ONNXTensorElementDataType::ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16,
        }
    }
}

/// Calls the function of three that takes an element's type.
macro_rules! call {
    ($element:expr, [$f32:ident, $bf16:ident, $f16:ident], $arguments:tt) => {
        match $element {
            Element::F32 => sys::$f32 $arguments,
            Element::Bf16 => sys::$bf16 $arguments,
            Element::F16 => sys::$f16 $arguments,
        }
    };
}
pub(crate) use call;
