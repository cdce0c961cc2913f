// SPDX-License-Identifier: MIT
//! What a buffer can hold, and the library's entries for it.

use actfn_sys::*;
use std::fmt::Debug;
use std::os::raw::c_uint;

/// What a buffer can hold: `f32`; with the feature `half` also `half::bf16` and `half::f16`.
///
/// The functions of the crate take `f32`.  Those in [`typed`](crate::typed), and a value that is built with `of` and not
/// with `new`, take any element.  Parameters and their gradients, scales, weights of samples and losses stay `f32`.
///
/// In 16 bits both modes give the same bits.  An elementwise function at its default parameters gives the exact result,
/// rounded once.  Gradients, rows, gates and losses are those of the fast mode on the numbers as `f32`, rounded once.
/// Channels and [`Rrelu`](crate::Rrelu) are of `f32` only.
pub trait Element: Entries + Copy + Debug + PartialEq + PartialOrd + Default + Send + Sync + 'static {}

/// A resolved forward kernel.
pub type Forward<R> = unsafe extern "C" fn(*const f32, usize, *const R, *mut R);
/// A resolved backward kernel.
pub type Backward<R> = unsafe extern "C" fn(*const f32, usize, *const R, *const R, *mut R);
/// An entry of rows from `X` to `Y`.
pub type RowsForward<X, Y> = unsafe extern "C" fn(
    actfn_op,
    actfn_mode,
    *const f32,
    c_uint,
    usize,
    usize,
    usize,
    *const X,
    *mut Y,
) -> actfn_status;
/// And back.
pub type RowsBackward<X, Y> = unsafe extern "C" fn(
    actfn_op,
    actfn_mode,
    *const f32,
    c_uint,
    usize,
    usize,
    usize,
    *const X,
    *const Y,
    *const Y,
    *mut X,
) -> actfn_status;

/// The list of entries, with their names for f32, bf16 and f16.
macro_rules! entries {
    ($($entry:ident($($argument:ty),*) -> $result:ty: $f32:ident $bf16:ident $f16:ident;)*) => {
        /// The entries for one element; no trait of the crate's interface, so that there are no other elements.
        pub trait Entries: Sized {
            /// What C holds the element as, in the same number of bytes.
            type Raw;
            $(const $entry: unsafe extern "C" fn($($argument),*) -> $result;)*
        }

        impl Entries for f32 {
            type Raw = f32;
            $(const $entry: unsafe extern "C" fn($($argument),*) -> $result = $f32;)*
        }

        #[cfg(feature = "half")]
        impl Entries for half::bf16 {
            type Raw = actfn_bf16;
            $(const $entry: unsafe extern "C" fn($($argument),*) -> $result = $bf16;)*
        }

        #[cfg(feature = "half")]
        impl Entries for half::f16 {
            type Raw = actfn_f16;
            $(const $entry: unsafe extern "C" fn($($argument),*) -> $result = $f16;)*
        }
    };
}

impl Element for f32 {}
#[cfg(feature = "half")]
impl Element for half::bf16 {}
#[cfg(feature = "half")]
impl Element for half::f16 {}

type Params = *const f32;
type In<T> = *const <T as Entries>::Raw;
type Out<T> = *mut <T as Entries>::Raw;

entries! {
    FORWARD(actfn_op, actfn_mode, Params, usize, In<Self>, Out<Self>) -> actfn_status:
        actfn_forward_f32 actfn_forward_bf16 actfn_forward_f16;
    BACKWARD(actfn_op, actfn_mode, Params, usize, In<Self>, In<Self>, Out<Self>) -> actfn_status:
        actfn_backward_f32 actfn_backward_bf16 actfn_backward_f16;
    BACKWARD_FROM_OUTPUT(actfn_op, actfn_mode, Params, usize, In<Self>, In<Self>, Out<Self>) -> actfn_status:
        actfn_backward_from_output_f32 actfn_backward_from_output_bf16 actfn_backward_from_output_f16;
    PARAM_GRADIENT(actfn_op, actfn_mode, Params, usize, In<Self>, In<Self>, *mut f32) -> actfn_status:
        actfn_param_gradient_f32 actfn_param_gradient_bf16 actfn_param_gradient_f16;

    FORWARD_KERNEL(actfn_op, actfn_mode) -> Option<Forward<Self::Raw>>:
        actfn_forward_kernel_f32 actfn_forward_kernel_bf16 actfn_forward_kernel_f16;
    BACKWARD_KERNEL(actfn_op, actfn_mode) -> Option<Backward<Self::Raw>>:
        actfn_backward_kernel_f32 actfn_backward_kernel_bf16 actfn_backward_kernel_f16;
    BACKWARD_FROM_OUTPUT_KERNEL(actfn_op, actfn_mode) -> Option<Backward<Self::Raw>>:
        actfn_backward_from_output_kernel_f32 actfn_backward_from_output_kernel_bf16
        actfn_backward_from_output_kernel_f16;

    GATES_FORWARD(
        actfn_op, actfn_mode, Params, usize, usize, In<Self>, usize, In<Self>, usize, Out<Self>, usize
    ) -> actfn_status: actfn_gates_forward_f32 actfn_gates_forward_bf16 actfn_gates_forward_f16;
    GATES_BACKWARD(
        actfn_op, actfn_mode, Params, usize, usize, In<Self>, usize, In<Self>, usize, In<Self>, usize, Out<Self>, usize,
        Out<Self>, usize
    ) -> actfn_status: actfn_gates_backward_f32 actfn_gates_backward_bf16 actfn_gates_backward_f16;
    GATES_PACKED_FORWARD(
        actfn_op, actfn_mode, Params, actfn_gate_layout, usize, usize, In<Self>, Out<Self>
    ) -> actfn_status: actfn_gates_packed_forward_f32 actfn_gates_packed_forward_bf16 actfn_gates_packed_forward_f16;
    GATES_PACKED_BACKWARD(
        actfn_op, actfn_mode, Params, actfn_gate_layout, usize, usize, In<Self>, In<Self>, Out<Self>
    ) -> actfn_status: actfn_gates_packed_backward_f32 actfn_gates_packed_backward_bf16 actfn_gates_packed_backward_f16;

    ROWS_FORWARD(
        actfn_op, actfn_mode, Params, c_uint, usize, usize, usize, In<Self>, Out<Self>
    ) -> actfn_status: actfn_rows_forward_f32 actfn_rows_forward_bf16 actfn_rows_forward_f16;
    ROWS_BACKWARD(
        actfn_op, actfn_mode, Params, c_uint, usize, usize, usize, In<Self>, In<Self>, In<Self>, Out<Self>
    ) -> actfn_status: actfn_rows_backward_f32 actfn_rows_backward_bf16 actfn_rows_backward_f16;
    // Of floats the entries that do not reduce have the same results.
    ROWS_REDUCE_FORWARD(
        actfn_op, actfn_mode, Params, c_uint, usize, usize, usize, In<Self>, *mut f32
    ) -> actfn_status: actfn_rows_forward_f32 actfn_rows_reduce_forward_bf16 actfn_rows_reduce_forward_f16;
    ROWS_REDUCE_BACKWARD(
        actfn_op, actfn_mode, Params, c_uint, usize, usize, usize, In<Self>, *const f32, *const f32, Out<Self>
    ) -> actfn_status: actfn_rows_backward_f32 actfn_rows_reduce_backward_bf16 actfn_rows_reduce_backward_f16;
    MAXOUT_INDEX(actfn_mode, usize, usize, usize, In<Self>, Out<Self>, *mut i32) -> actfn_status:
        actfn_maxout_index_f32 actfn_maxout_index_bf16 actfn_maxout_index_f16;
    MAXOUT_BACKWARD_FROM_INDEX(actfn_mode, usize, usize, usize, *const i32, In<Self>, Out<Self>) -> actfn_status:
        actfn_maxout_backward_from_index_f32 actfn_maxout_backward_from_index_bf16
        actfn_maxout_backward_from_index_f16;

    GUMBEL_SOFTMAX(
        actfn_mode, Params, c_uint, usize, usize, usize, In<Self>, Out<Self>, Out<Self>, u64, u64, u64
    ) -> actfn_status: actfn_gumbel_softmax_f32 actfn_gumbel_softmax_bf16 actfn_gumbel_softmax_f16;
    GUMBEL_SOFTMAX_BACKWARD(
        actfn_mode, Params, usize, usize, usize, In<Self>, In<Self>, Out<Self>
    ) -> actfn_status:
        actfn_gumbel_softmax_backward_f32 actfn_gumbel_softmax_backward_bf16 actfn_gumbel_softmax_backward_f16;

    LOSS(
        actfn_op, actfn_mode, Params, usize, In<Self>, In<Self>, *const f32, f32, *mut f32, Out<Self>
    ) -> actfn_status: actfn_loss_f32 actfn_loss_bf16 actfn_loss_f16;
    CROSS_ENTROPY(
        actfn_mode, Params, usize, usize, usize, In<Self>, *const i64, i64, *const f32, f32, *mut f32, Out<Self>
    ) -> actfn_status:
        actfn_softmax_cross_entropy_f32 actfn_softmax_cross_entropy_bf16 actfn_softmax_cross_entropy_f16;
    CROSS_ENTROPY_DENSE(
        actfn_mode, usize, usize, usize, In<Self>, In<Self>, *const f32, f32, *mut f32, Out<Self>
    ) -> actfn_status: actfn_softmax_cross_entropy_dense_f32 actfn_softmax_cross_entropy_dense_bf16
        actfn_softmax_cross_entropy_dense_f16;
}
