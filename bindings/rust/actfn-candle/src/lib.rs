// SPDX-License-Identifier: MIT
#![doc = include_str!("../README.md")]
#![deny(missing_docs)]
#![forbid(unsafe_code)]

mod buffers;
mod elementwise;
mod gates;
mod rows;

pub use actfn::{GateLayout, Mode, Op};
pub use elementwise::Elementwise;
pub use gates::Gate;
pub use rows::Rows;
