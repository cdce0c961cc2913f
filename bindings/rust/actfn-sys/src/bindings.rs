// SPDX-License-Identifier: MIT
// Written by bindgen 0.60.1 from include/actfn.h: build the target `regenerate`.
pub const ACTFN_VERSION_MAJOR: u32 = 0;
pub const ACTFN_VERSION_MINOR: u32 = 2;
pub const ACTFN_VERSION_PATCH: u32 = 0;
pub const ACTFN_MAX_PARAMS: u32 = 4;
pub const ACTFN_PARAM_REQUIRED: u32 = 1;
pub const ACTFN_PARAM_NONZERO: u32 = 2;
pub const ACTFN_PARAM_GRADIENT: u32 = 4;
pub const ACTFN_PARAM_ARRAY: u32 = 8;
pub const ACTFN_OP_FROM_OUTPUT: u32 = 1;
pub const ACTFN_OP_PARAM_GRADIENT: u32 = 2;
pub const ACTFN_OP_READS_X: u32 = 4;
pub const ACTFN_OP_READS_Y: u32 = 8;
pub const ACTFN_OP_REDUCES: u32 = 16;
pub const ACTFN_MASKED_ROWS_ZERO: u32 = 1;
pub const ACTFN_GUMBEL_HARD: u32 = 1;
pub type __uint16_t = core::ffi::c_ushort;
pub const ACTFN_OK: actfn_status = 0;
pub const ACTFN_ERR_NULL: actfn_status = 1;
pub const ACTFN_ERR_OP: actfn_status = 2;
pub const ACTFN_ERR_MODE: actfn_status = 3;
pub const ACTFN_ERR_PARAM: actfn_status = 4;
pub const ACTFN_ERR_OVERLAP: actfn_status = 5;
pub const ACTFN_ERR_SIZE: actfn_status = 6;
pub const ACTFN_ERR_NOT_OFFERED: actfn_status = 7;
pub const ACTFN_ERR_ISA: actfn_status = 8;
pub const ACTFN_ERR_SHAPE: actfn_status = 9;
pub const ACTFN_ERR_FLAGS: actfn_status = 10;
pub const ACTFN_ERR_INDEX: actfn_status = 11;
pub type actfn_status = core::ffi::c_uint;
extern "C" {
    pub fn actfn_status_string(status: actfn_status) -> *const core::ffi::c_char;
}
pub const ACTFN_ACCURATE: actfn_mode = 0;
pub const ACTFN_FAST: actfn_mode = 1;
pub const ACTFN_REPRODUCIBLE: actfn_mode = 0;
pub type actfn_mode = core::ffi::c_uint;
extern "C" {
    pub fn actfn_version() -> core::ffi::c_int;
}
extern "C" {
    pub fn actfn_version_string() -> *const core::ffi::c_char;
}
pub const ACTFN_OP_NONE: actfn_op = -1;
pub const ACTFN_IDENTITY: actfn_op = 0;
pub const ACTFN_BINARY_STEP: actfn_op = 1;
pub const ACTFN_SIGMOID: actfn_op = 2;
pub const ACTFN_TANH: actfn_op = 3;
pub const ACTFN_ARCTAN: actfn_op = 4;
pub const ACTFN_SOFTSIGN: actfn_op = 5;
pub const ACTFN_RELU: actfn_op = 6;
pub const ACTFN_RELU6: actfn_op = 7;
pub const ACTFN_SQUARED_RELU: actfn_op = 8;
pub const ACTFN_SELU: actfn_op = 9;
pub const ACTFN_SILU: actfn_op = 10;
pub const ACTFN_GELU: actfn_op = 11;
pub const ACTFN_GELU_TANH: actfn_op = 12;
pub const ACTFN_GELU_QUICK: actfn_op = 13;
pub const ACTFN_MISH: actfn_op = 14;
pub const ACTFN_HARDSIGMOID: actfn_op = 15;
pub const ACTFN_HARDSWISH: actfn_op = 16;
pub const ACTFN_LOG_SIGMOID: actfn_op = 17;
pub const ACTFN_TANHSHRINK: actfn_op = 18;
pub const ACTFN_BENT_IDENTITY: actfn_op = 19;
pub const ACTFN_SINUSOID: actfn_op = 20;
pub const ACTFN_SINC: actfn_op = 21;
pub const ACTFN_GAUSSIAN: actfn_op = 22;
pub const ACTFN_SPARSE_PLUS: actfn_op = 23;
pub const ACTFN_SPARSE_SIGMOID: actfn_op = 24;
pub const ACTFN_EXP: actfn_op = 25;
pub const ACTFN_ABS: actfn_op = 26;
pub const ACTFN_SQUARE: actfn_op = 27;
pub const ACTFN_SQRT: actfn_op = 28;
pub const ACTFN_LOG: actfn_op = 29;
pub const ACTFN_ROUND: actfn_op = 30;
pub const ACTFN_LEAKY_RELU: actfn_op = 31;
pub const ACTFN_ELU: actfn_op = 32;
pub const ACTFN_CELU: actfn_op = 33;
pub const ACTFN_SOFTPLUS: actfn_op = 34;
pub const ACTFN_SWISH: actfn_op = 35;
pub const ACTFN_HARDTANH: actfn_op = 36;
pub const ACTFN_CLIP: actfn_op = 37;
pub const ACTFN_HARDSIGMOID_AB: actfn_op = 38;
pub const ACTFN_HARDSWISH_AB: actfn_op = 39;
pub const ACTFN_HARDSHRINK: actfn_op = 40;
pub const ACTFN_SOFTSHRINK: actfn_op = 41;
pub const ACTFN_SHRINK: actfn_op = 42;
pub const ACTFN_THRESHOLD: actfn_op = 43;
pub const ACTFN_THRESHOLDED_RELU: actfn_op = 44;
pub const ACTFN_ISRU: actfn_op = 45;
pub const ACTFN_ISRLU: actfn_op = 46;
pub const ACTFN_SOFT_EXPONENTIAL: actfn_op = 47;
pub const ACTFN_SQUAREPLUS: actfn_op = 48;
pub const ACTFN_SCALED_TANH: actfn_op = 49;
pub const ACTFN_XIELU: actfn_op = 50;
pub const ACTFN_RELU_GENERAL: actfn_op = 51;
pub const ACTFN_LINEAR: actfn_op = 52;
pub const ACTFN_POW: actfn_op = 53;
pub const ACTFN_PRELU: actfn_op = 54;
pub const ACTFN_SRELU: actfn_op = 55;
pub const ACTFN_APL: actfn_op = 56;
pub const ACTFN_RRELU: actfn_op = 57;
pub const ACTFN_GUMBEL_SOFTMAX: actfn_op = 58;
pub const ACTFN_GLU: actfn_op = 59;
pub const ACTFN_REGLU: actfn_op = 60;
pub const ACTFN_GEGLU: actfn_op = 61;
pub const ACTFN_GEGLU_TANH: actfn_op = 62;
pub const ACTFN_GEGLU_QUICK: actfn_op = 63;
pub const ACTFN_SWIGLU: actfn_op = 64;
pub const ACTFN_SWIGLU_OAI: actfn_op = 65;
pub const ACTFN_SOFTMAX: actfn_op = 66;
pub const ACTFN_LOG_SOFTMAX: actfn_op = 67;
pub const ACTFN_SOFTMIN: actfn_op = 68;
pub const ACTFN_HARDMAX: actfn_op = 69;
pub const ACTFN_LOGSUMEXP: actfn_op = 70;
pub const ACTFN_LOGMEANEXP: actfn_op = 71;
pub const ACTFN_SPARSEMAX: actfn_op = 72;
pub const ACTFN_MAXOUT: actfn_op = 73;
pub const ACTFN_SIGMOID_BCE: actfn_op = 74;
pub const ACTFN_SOFTMAX_CROSS_ENTROPY: actfn_op = 75;
pub const ACTFN_SIGMOID_MSE: actfn_op = 76;
pub type actfn_op = core::ffi::c_int;
pub const ACTFN_FAMILY_ELEMENTWISE: actfn_family = 0;
pub const ACTFN_FAMILY_CHANNELS: actfn_family = 1;
pub const ACTFN_FAMILY_RANDOM: actfn_family = 2;
pub const ACTFN_FAMILY_GATES: actfn_family = 3;
pub const ACTFN_FAMILY_ROWS: actfn_family = 4;
pub const ACTFN_FAMILY_LOSSES: actfn_family = 5;
pub type actfn_family = core::ffi::c_uint;
extern "C" {
    pub fn actfn_family_name(family: actfn_family) -> *const core::ffi::c_char;
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct actfn_param_info {
    pub name: *const core::ffi::c_char,
    pub default_value: f32,
    pub minimum: f32,
    pub maximum: f32,
    pub flags: core::ffi::c_uint,
}
#[test]
fn bindgen_test_layout_actfn_param_info() {
    assert_eq!(::core::mem::size_of::<actfn_param_info>(), 24usize, concat!("Size of: ", stringify!(actfn_param_info)));
    assert_eq!(
        ::core::mem::align_of::<actfn_param_info>(),
        8usize,
        concat!("Alignment of ", stringify!(actfn_param_info))
    );
    fn test_field_name() {
        assert_eq!(
            unsafe {
                let uninit = ::core::mem::MaybeUninit::<actfn_param_info>::uninit();
                let ptr = uninit.as_ptr();
                ::core::ptr::addr_of!((*ptr).name) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(actfn_param_info), "::", stringify!(name))
        );
    }
    test_field_name();
    fn test_field_default_value() {
        assert_eq!(
            unsafe {
                let uninit = ::core::mem::MaybeUninit::<actfn_param_info>::uninit();
                let ptr = uninit.as_ptr();
                ::core::ptr::addr_of!((*ptr).default_value) as usize - ptr as usize
            },
            8usize,
            concat!("Offset of field: ", stringify!(actfn_param_info), "::", stringify!(default_value))
        );
    }
    test_field_default_value();
    fn test_field_minimum() {
        assert_eq!(
            unsafe {
                let uninit = ::core::mem::MaybeUninit::<actfn_param_info>::uninit();
                let ptr = uninit.as_ptr();
                ::core::ptr::addr_of!((*ptr).minimum) as usize - ptr as usize
            },
            12usize,
            concat!("Offset of field: ", stringify!(actfn_param_info), "::", stringify!(minimum))
        );
    }
    test_field_minimum();
    fn test_field_maximum() {
        assert_eq!(
            unsafe {
                let uninit = ::core::mem::MaybeUninit::<actfn_param_info>::uninit();
                let ptr = uninit.as_ptr();
                ::core::ptr::addr_of!((*ptr).maximum) as usize - ptr as usize
            },
            16usize,
            concat!("Offset of field: ", stringify!(actfn_param_info), "::", stringify!(maximum))
        );
    }
    test_field_maximum();
    fn test_field_flags() {
        assert_eq!(
            unsafe {
                let uninit = ::core::mem::MaybeUninit::<actfn_param_info>::uninit();
                let ptr = uninit.as_ptr();
                ::core::ptr::addr_of!((*ptr).flags) as usize - ptr as usize
            },
            20usize,
            concat!("Offset of field: ", stringify!(actfn_param_info), "::", stringify!(flags))
        );
    }
    test_field_flags();
}
#[repr(C)]
#[derive(Debug, Copy, Clone)]
pub struct actfn_op_info {
    pub op: actfn_op,
    pub name: *const core::ffi::c_char,
    pub aliases: *const core::ffi::c_char,
    pub formula: *const core::ffi::c_char,
    pub derivative: *const core::ffi::c_char,
    pub derivative_from_output: *const core::ffi::c_char,
    pub note: *const core::ffi::c_char,
    pub legal: *const core::ffi::c_char,
    pub from_output_legal: *const core::ffi::c_char,
    pub ulp_forward: f32,
    pub ulp_backward: f32,
    pub param_count: core::ffi::c_int,
    pub flags: core::ffi::c_uint,
    pub family: actfn_family,
    pub ulp_forward_fast: f32,
    pub ulp_backward_fast: f32,
}
#[test]
fn bindgen_test_layout_actfn_op_info() {
    assert_eq!(::core::mem::size_of::<actfn_op_info>(), 104usize, concat!("Size of: ", stringify!(actfn_op_info)));
    assert_eq!(::core::mem::align_of::<actfn_op_info>(), 8usize, concat!("Alignment of ", stringify!(actfn_op_info)));
    fn test_field_op() {
        assert_eq!(
            unsafe {
                let uninit = ::core::mem::MaybeUninit::<actfn_op_info>::uninit();
                let ptr = uninit.as_ptr();
                ::core::ptr::addr_of!((*ptr).op) as usize - ptr as usize
            },
            0usize,
            concat!("Offset of field: ", stringify!(actfn_op_info), "::", stringify!(op))
        );
    }
    test_field_op();
    fn test_field_name() {
        assert_eq!(
            unsafe {
                let uninit = ::core::mem::MaybeUninit::<actfn_op_info>::uninit();
                let ptr = uninit.as_ptr();
                ::core::ptr::addr_of!((*ptr).name) as usize - ptr as usize
            },
            8usize,
            concat!("Offset of field: ", stringify!(actfn_op_info), "::", stringify!(name))
        );
    }
    test_field_name();
    fn test_field_aliases() {
        assert_eq!(
            unsafe {
                let uninit = ::core::mem::MaybeUninit::<actfn_op_info>::uninit();
                let ptr = uninit.as_ptr();
                ::core::ptr::addr_of!((*ptr).aliases) as usize - ptr as usize
            },
            16usize,
            concat!("Offset of field: ", stringify!(actfn_op_info), "::", stringify!(aliases))
        );
    }
    test_field_aliases();
    fn test_field_formula() {
        assert_eq!(
            unsafe {
                let uninit = ::core::mem::MaybeUninit::<actfn_op_info>::uninit();
                let ptr = uninit.as_ptr();
                ::core::ptr::addr_of!((*ptr).formula) as usize - ptr as usize
            },
            24usize,
            concat!("Offset of field: ", stringify!(actfn_op_info), "::", stringify!(formula))
        );
    }
    test_field_formula();
    fn test_field_derivative() {
        assert_eq!(
            unsafe {
                let uninit = ::core::mem::MaybeUninit::<actfn_op_info>::uninit();
                let ptr = uninit.as_ptr();
                ::core::ptr::addr_of!((*ptr).derivative) as usize - ptr as usize
            },
            32usize,
            concat!("Offset of field: ", stringify!(actfn_op_info), "::", stringify!(derivative))
        );
    }
    test_field_derivative();
    fn test_field_derivative_from_output() {
        assert_eq!(
            unsafe {
                let uninit = ::core::mem::MaybeUninit::<actfn_op_info>::uninit();
                let ptr = uninit.as_ptr();
                ::core::ptr::addr_of!((*ptr).derivative_from_output) as usize - ptr as usize
            },
            40usize,
            concat!("Offset of field: ", stringify!(actfn_op_info), "::", stringify!(derivative_from_output))
        );
    }
    test_field_derivative_from_output();
    fn test_field_note() {
        assert_eq!(
            unsafe {
                let uninit = ::core::mem::MaybeUninit::<actfn_op_info>::uninit();
                let ptr = uninit.as_ptr();
                ::core::ptr::addr_of!((*ptr).note) as usize - ptr as usize
            },
            48usize,
            concat!("Offset of field: ", stringify!(actfn_op_info), "::", stringify!(note))
        );
    }
    test_field_note();
    fn test_field_legal() {
        assert_eq!(
            unsafe {
                let uninit = ::core::mem::MaybeUninit::<actfn_op_info>::uninit();
                let ptr = uninit.as_ptr();
                ::core::ptr::addr_of!((*ptr).legal) as usize - ptr as usize
            },
            56usize,
            concat!("Offset of field: ", stringify!(actfn_op_info), "::", stringify!(legal))
        );
    }
    test_field_legal();
    fn test_field_from_output_legal() {
        assert_eq!(
            unsafe {
                let uninit = ::core::mem::MaybeUninit::<actfn_op_info>::uninit();
                let ptr = uninit.as_ptr();
                ::core::ptr::addr_of!((*ptr).from_output_legal) as usize - ptr as usize
            },
            64usize,
            concat!("Offset of field: ", stringify!(actfn_op_info), "::", stringify!(from_output_legal))
        );
    }
    test_field_from_output_legal();
    fn test_field_ulp_forward() {
        assert_eq!(
            unsafe {
                let uninit = ::core::mem::MaybeUninit::<actfn_op_info>::uninit();
                let ptr = uninit.as_ptr();
                ::core::ptr::addr_of!((*ptr).ulp_forward) as usize - ptr as usize
            },
            72usize,
            concat!("Offset of field: ", stringify!(actfn_op_info), "::", stringify!(ulp_forward))
        );
    }
    test_field_ulp_forward();
    fn test_field_ulp_backward() {
        assert_eq!(
            unsafe {
                let uninit = ::core::mem::MaybeUninit::<actfn_op_info>::uninit();
                let ptr = uninit.as_ptr();
                ::core::ptr::addr_of!((*ptr).ulp_backward) as usize - ptr as usize
            },
            76usize,
            concat!("Offset of field: ", stringify!(actfn_op_info), "::", stringify!(ulp_backward))
        );
    }
    test_field_ulp_backward();
    fn test_field_param_count() {
        assert_eq!(
            unsafe {
                let uninit = ::core::mem::MaybeUninit::<actfn_op_info>::uninit();
                let ptr = uninit.as_ptr();
                ::core::ptr::addr_of!((*ptr).param_count) as usize - ptr as usize
            },
            80usize,
            concat!("Offset of field: ", stringify!(actfn_op_info), "::", stringify!(param_count))
        );
    }
    test_field_param_count();
    fn test_field_flags() {
        assert_eq!(
            unsafe {
                let uninit = ::core::mem::MaybeUninit::<actfn_op_info>::uninit();
                let ptr = uninit.as_ptr();
                ::core::ptr::addr_of!((*ptr).flags) as usize - ptr as usize
            },
            84usize,
            concat!("Offset of field: ", stringify!(actfn_op_info), "::", stringify!(flags))
        );
    }
    test_field_flags();
    fn test_field_family() {
        assert_eq!(
            unsafe {
                let uninit = ::core::mem::MaybeUninit::<actfn_op_info>::uninit();
                let ptr = uninit.as_ptr();
                ::core::ptr::addr_of!((*ptr).family) as usize - ptr as usize
            },
            88usize,
            concat!("Offset of field: ", stringify!(actfn_op_info), "::", stringify!(family))
        );
    }
    test_field_family();
    fn test_field_ulp_forward_fast() {
        assert_eq!(
            unsafe {
                let uninit = ::core::mem::MaybeUninit::<actfn_op_info>::uninit();
                let ptr = uninit.as_ptr();
                ::core::ptr::addr_of!((*ptr).ulp_forward_fast) as usize - ptr as usize
            },
            92usize,
            concat!("Offset of field: ", stringify!(actfn_op_info), "::", stringify!(ulp_forward_fast))
        );
    }
    test_field_ulp_forward_fast();
    fn test_field_ulp_backward_fast() {
        assert_eq!(
            unsafe {
                let uninit = ::core::mem::MaybeUninit::<actfn_op_info>::uninit();
                let ptr = uninit.as_ptr();
                ::core::ptr::addr_of!((*ptr).ulp_backward_fast) as usize - ptr as usize
            },
            96usize,
            concat!("Offset of field: ", stringify!(actfn_op_info), "::", stringify!(ulp_backward_fast))
        );
    }
    test_field_ulp_backward_fast();
}
extern "C" {
    pub fn actfn_op_count() -> core::ffi::c_int;
}
extern "C" {
    pub fn actfn_op_from_name(name: *const core::ffi::c_char) -> actfn_op;
}
extern "C" {
    pub fn actfn_op_info(op: actfn_op) -> *const actfn_op_info;
}
extern "C" {
    pub fn actfn_op_param(op: actfn_op, index: core::ffi::c_int) -> *const actfn_param_info;
}
extern "C" {
    pub fn actfn_forward_f32(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        x: *const f32,
        y: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_backward_f32(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_backward_from_output_f32(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_param_gradient_f32(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        x: *const f32,
        dy: *const f32,
        gradients: *mut f32,
    ) -> actfn_status;
}
pub type actfn_forward_fn =
    ::core::option::Option<unsafe extern "C" fn(params: *const f32, n: usize, x: *const f32, y: *mut f32)>;
pub type actfn_backward_fn = ::core::option::Option<
    unsafe extern "C" fn(params: *const f32, n: usize, x_or_y: *const f32, dy: *const f32, dx: *mut f32),
>;
extern "C" {
    pub fn actfn_forward_kernel_f32(op: actfn_op, mode: actfn_mode) -> actfn_forward_fn;
}
extern "C" {
    pub fn actfn_backward_kernel_f32(op: actfn_op, mode: actfn_mode) -> actfn_backward_fn;
}
extern "C" {
    pub fn actfn_backward_from_output_kernel_f32(op: actfn_op, mode: actfn_mode) -> actfn_backward_fn;
}
pub type actfn_bf16 = u16;
pub type actfn_f16 = u16;
extern "C" {
    pub fn actfn_forward_bf16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_backward_bf16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_backward_from_output_bf16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_param_gradient_bf16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        gradients: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_forward_f16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_backward_f16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_backward_from_output_f16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_param_gradient_f16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        gradients: *mut f32,
    ) -> actfn_status;
}
pub type actfn_forward_bf16_fn = ::core::option::Option<
    unsafe extern "C" fn(params: *const f32, n: usize, x: *const actfn_bf16, y: *mut actfn_bf16),
>;
pub type actfn_backward_bf16_fn = ::core::option::Option<
    unsafe extern "C" fn(
        params: *const f32,
        n: usize,
        x_or_y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ),
>;
pub type actfn_forward_f16_fn =
    ::core::option::Option<unsafe extern "C" fn(params: *const f32, n: usize, x: *const actfn_f16, y: *mut actfn_f16)>;
pub type actfn_backward_f16_fn = ::core::option::Option<
    unsafe extern "C" fn(
        params: *const f32,
        n: usize,
        x_or_y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ),
>;
extern "C" {
    pub fn actfn_forward_kernel_bf16(op: actfn_op, mode: actfn_mode) -> actfn_forward_bf16_fn;
}
extern "C" {
    pub fn actfn_backward_kernel_bf16(op: actfn_op, mode: actfn_mode) -> actfn_backward_bf16_fn;
}
extern "C" {
    pub fn actfn_backward_from_output_kernel_bf16(op: actfn_op, mode: actfn_mode) -> actfn_backward_bf16_fn;
}
extern "C" {
    pub fn actfn_forward_kernel_f16(op: actfn_op, mode: actfn_mode) -> actfn_forward_f16_fn;
}
extern "C" {
    pub fn actfn_backward_kernel_f16(op: actfn_op, mode: actfn_mode) -> actfn_backward_f16_fn;
}
extern "C" {
    pub fn actfn_backward_from_output_kernel_f16(op: actfn_op, mode: actfn_mode) -> actfn_backward_f16_fn;
}
extern "C" {
    pub fn actfn_f32_to_bf16(n: usize, x: *const f32, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_bf16_to_f32(n: usize, x: *const actfn_bf16, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_f32_to_f16(n: usize, x: *const f32, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_f16_to_f32(n: usize, x: *const actfn_f16, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_streaming_threshold() -> usize;
}
extern "C" {
    pub fn actfn_set_streaming_threshold(bytes: usize);
}
extern "C" {
    pub fn actfn_part(n: usize, parts: usize, i: usize, begin: *mut usize, count: *mut usize) -> actfn_status;
}
extern "C" {
    pub fn actfn_part_rows(
        rows: usize,
        width: usize,
        parts: usize,
        i: usize,
        begin: *mut usize,
        count: *mut usize,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_channels_forward_f32(
        op: actfn_op,
        mode: actfn_mode,
        outer: usize,
        channels: usize,
        inner: usize,
        terms: usize,
        weights: *const *const f32,
        x: *const f32,
        y: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_channels_backward_f32(
        op: actfn_op,
        mode: actfn_mode,
        outer: usize,
        channels: usize,
        inner: usize,
        terms: usize,
        weights: *const *const f32,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
        dweights: *const *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_channels_backward_from_output_f32(
        op: actfn_op,
        mode: actfn_mode,
        outer: usize,
        channels: usize,
        inner: usize,
        terms: usize,
        weights: *const *const f32,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_channels_forward_bf16(
        op: actfn_op,
        mode: actfn_mode,
        outer: usize,
        channels: usize,
        inner: usize,
        terms: usize,
        weights: *const *const f32,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_channels_backward_bf16(
        op: actfn_op,
        mode: actfn_mode,
        outer: usize,
        channels: usize,
        inner: usize,
        terms: usize,
        weights: *const *const f32,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        dweights: *const *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_channels_backward_from_output_bf16(
        op: actfn_op,
        mode: actfn_mode,
        outer: usize,
        channels: usize,
        inner: usize,
        terms: usize,
        weights: *const *const f32,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_channels_forward_f16(
        op: actfn_op,
        mode: actfn_mode,
        outer: usize,
        channels: usize,
        inner: usize,
        terms: usize,
        weights: *const *const f32,
        x: *const actfn_f16,
        y: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_channels_backward_f16(
        op: actfn_op,
        mode: actfn_mode,
        outer: usize,
        channels: usize,
        inner: usize,
        terms: usize,
        weights: *const *const f32,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        dweights: *const *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_channels_backward_from_output_f16(
        op: actfn_op,
        mode: actfn_mode,
        outer: usize,
        channels: usize,
        inner: usize,
        terms: usize,
        weights: *const *const f32,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gates_forward_f32(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        rows: usize,
        n: usize,
        u: *const f32,
        u_stride: usize,
        v: *const f32,
        v_stride: usize,
        y: *mut f32,
        y_stride: usize,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gates_backward_f32(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        rows: usize,
        n: usize,
        u: *const f32,
        u_stride: usize,
        v: *const f32,
        v_stride: usize,
        dy: *const f32,
        dy_stride: usize,
        du: *mut f32,
        du_stride: usize,
        dv: *mut f32,
        dv_stride: usize,
    ) -> actfn_status;
}
pub const ACTFN_GATE_FIRST: actfn_gate_layout = 1;
pub const ACTFN_GATE_LAST: actfn_gate_layout = 2;
pub type actfn_gate_layout = core::ffi::c_uint;
extern "C" {
    pub fn actfn_gates_packed_forward_f32(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const f32,
        y: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gates_packed_backward_f32(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gates_forward_bf16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        rows: usize,
        n: usize,
        u: *const actfn_bf16,
        u_stride: usize,
        v: *const actfn_bf16,
        v_stride: usize,
        y: *mut actfn_bf16,
        y_stride: usize,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gates_backward_bf16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        rows: usize,
        n: usize,
        u: *const actfn_bf16,
        u_stride: usize,
        v: *const actfn_bf16,
        v_stride: usize,
        dy: *const actfn_bf16,
        dy_stride: usize,
        du: *mut actfn_bf16,
        du_stride: usize,
        dv: *mut actfn_bf16,
        dv_stride: usize,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gates_packed_forward_bf16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gates_packed_backward_bf16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gates_forward_f16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        rows: usize,
        n: usize,
        u: *const actfn_f16,
        u_stride: usize,
        v: *const actfn_f16,
        v_stride: usize,
        y: *mut actfn_f16,
        y_stride: usize,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gates_backward_f16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        rows: usize,
        n: usize,
        u: *const actfn_f16,
        u_stride: usize,
        v: *const actfn_f16,
        v_stride: usize,
        dy: *const actfn_f16,
        dy_stride: usize,
        du: *mut actfn_f16,
        du_stride: usize,
        dv: *mut actfn_f16,
        dv_stride: usize,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gates_packed_forward_f16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gates_packed_backward_f16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rows_forward_f32(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        flags: core::ffi::c_uint,
        outer: usize,
        n: usize,
        inner: usize,
        x: *const f32,
        y: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rows_backward_f32(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        flags: core::ffi::c_uint,
        outer: usize,
        n: usize,
        inner: usize,
        x: *const f32,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rows_forward_bf16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        flags: core::ffi::c_uint,
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rows_backward_bf16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        flags: core::ffi::c_uint,
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_bf16,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rows_reduce_forward_bf16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        flags: core::ffi::c_uint,
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_bf16,
        y: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rows_reduce_backward_bf16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        flags: core::ffi::c_uint,
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_bf16,
        y: *const f32,
        dy: *const f32,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rows_forward_f16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        flags: core::ffi::c_uint,
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rows_backward_f16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        flags: core::ffi::c_uint,
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_f16,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rows_reduce_forward_f16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        flags: core::ffi::c_uint,
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_f16,
        y: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rows_reduce_backward_f16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        flags: core::ffi::c_uint,
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_f16,
        y: *const f32,
        dy: *const f32,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_maxout_index_f32(
        mode: actfn_mode,
        outer: usize,
        n: usize,
        inner: usize,
        x: *const f32,
        y: *mut f32,
        index: *mut i32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_maxout_backward_from_index_f32(
        mode: actfn_mode,
        outer: usize,
        n: usize,
        inner: usize,
        index: *const i32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_maxout_index_bf16(
        mode: actfn_mode,
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
        index: *mut i32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_maxout_backward_from_index_bf16(
        mode: actfn_mode,
        outer: usize,
        n: usize,
        inner: usize,
        index: *const i32,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_maxout_index_f16(
        mode: actfn_mode,
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
        index: *mut i32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_maxout_backward_from_index_f16(
        mode: actfn_mode,
        outer: usize,
        n: usize,
        inner: usize,
        index: *const i32,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_random_u32(n: usize, words: *mut u32, seed: u64, stream: u64, offset: u64) -> actfn_status;
}
extern "C" {
    pub fn actfn_rrelu_f32(
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        x: *const f32,
        y: *mut f32,
        noise: *mut f32,
        seed: u64,
        stream: u64,
        offset: u64,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rrelu_backward_f32(
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
        seed: u64,
        stream: u64,
        offset: u64,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rrelu_backward_from_output_f32(
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
        seed: u64,
        stream: u64,
        offset: u64,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rrelu_backward_from_noise_f32(
        mode: actfn_mode,
        n: usize,
        noise: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rrelu_eval_f32(
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        x: *const f32,
        y: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rrelu_eval_backward_f32(
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rrelu_bf16(
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
        noise: *mut actfn_bf16,
        seed: u64,
        stream: u64,
        offset: u64,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rrelu_backward_bf16(
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        seed: u64,
        stream: u64,
        offset: u64,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rrelu_backward_from_output_bf16(
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        seed: u64,
        stream: u64,
        offset: u64,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rrelu_backward_from_noise_bf16(
        mode: actfn_mode,
        n: usize,
        noise: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rrelu_eval_bf16(
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rrelu_eval_backward_bf16(
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rrelu_f16(
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
        noise: *mut actfn_f16,
        seed: u64,
        stream: u64,
        offset: u64,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rrelu_backward_f16(
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        seed: u64,
        stream: u64,
        offset: u64,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rrelu_backward_from_output_f16(
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        seed: u64,
        stream: u64,
        offset: u64,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rrelu_backward_from_noise_f16(
        mode: actfn_mode,
        n: usize,
        noise: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rrelu_eval_f16(
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_rrelu_eval_backward_f16(
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gumbel_softmax_f32(
        mode: actfn_mode,
        params: *const f32,
        flags: core::ffi::c_uint,
        outer: usize,
        n: usize,
        inner: usize,
        x: *const f32,
        y: *mut f32,
        soft: *mut f32,
        seed: u64,
        stream: u64,
        offset: u64,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gumbel_softmax_backward_f32(
        mode: actfn_mode,
        params: *const f32,
        outer: usize,
        n: usize,
        inner: usize,
        soft: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gumbel_softmax_bf16(
        mode: actfn_mode,
        params: *const f32,
        flags: core::ffi::c_uint,
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
        soft: *mut actfn_bf16,
        seed: u64,
        stream: u64,
        offset: u64,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gumbel_softmax_backward_bf16(
        mode: actfn_mode,
        params: *const f32,
        outer: usize,
        n: usize,
        inner: usize,
        soft: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gumbel_softmax_f16(
        mode: actfn_mode,
        params: *const f32,
        flags: core::ffi::c_uint,
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
        soft: *mut actfn_f16,
        seed: u64,
        stream: u64,
        offset: u64,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gumbel_softmax_backward_f16(
        mode: actfn_mode,
        params: *const f32,
        outer: usize,
        n: usize,
        inner: usize,
        soft: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_loss_f32(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        z: *const f32,
        t: *const f32,
        w: *const f32,
        scale: f32,
        loss: *mut f32,
        dz: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_loss_bf16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        z: *const actfn_bf16,
        t: *const actfn_bf16,
        w: *const f32,
        scale: f32,
        loss: *mut f32,
        dz: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_loss_f16(
        op: actfn_op,
        mode: actfn_mode,
        params: *const f32,
        n: usize,
        z: *const actfn_f16,
        t: *const actfn_f16,
        w: *const f32,
        scale: f32,
        loss: *mut f32,
        dz: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmax_cross_entropy_f32(
        mode: actfn_mode,
        params: *const f32,
        outer: usize,
        n: usize,
        inner: usize,
        z: *const f32,
        classes: *const i64,
        ignore_index: i64,
        w: *const f32,
        scale: f32,
        loss: *mut f32,
        dz: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmax_cross_entropy_dense_f32(
        mode: actfn_mode,
        outer: usize,
        n: usize,
        inner: usize,
        z: *const f32,
        t: *const f32,
        w: *const f32,
        scale: f32,
        loss: *mut f32,
        dz: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmax_cross_entropy_bf16(
        mode: actfn_mode,
        params: *const f32,
        outer: usize,
        n: usize,
        inner: usize,
        z: *const actfn_bf16,
        classes: *const i64,
        ignore_index: i64,
        w: *const f32,
        scale: f32,
        loss: *mut f32,
        dz: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmax_cross_entropy_dense_bf16(
        mode: actfn_mode,
        outer: usize,
        n: usize,
        inner: usize,
        z: *const actfn_bf16,
        t: *const actfn_bf16,
        w: *const f32,
        scale: f32,
        loss: *mut f32,
        dz: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmax_cross_entropy_f16(
        mode: actfn_mode,
        params: *const f32,
        outer: usize,
        n: usize,
        inner: usize,
        z: *const actfn_f16,
        classes: *const i64,
        ignore_index: i64,
        w: *const f32,
        scale: f32,
        loss: *mut f32,
        dz: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmax_cross_entropy_dense_f16(
        mode: actfn_mode,
        outer: usize,
        n: usize,
        inner: usize,
        z: *const actfn_f16,
        t: *const actfn_f16,
        w: *const f32,
        scale: f32,
        loss: *mut f32,
        dz: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_isa_name() -> *const core::ffi::c_char;
}
extern "C" {
    pub fn actfn_isa_at(index: core::ffi::c_int) -> *const core::ffi::c_char;
}
extern "C" {
    pub fn actfn_isa_available(name: *const core::ffi::c_char) -> core::ffi::c_int;
}
extern "C" {
    pub fn actfn_isa_reason(name: *const core::ffi::c_char) -> *const core::ffi::c_char;
}
extern "C" {
    pub fn actfn_isa_select(name: *const core::ffi::c_char) -> actfn_status;
}
extern "C" {
    pub fn actfn_sleef_version() -> *const core::ffi::c_char;
}
extern "C" {
    pub fn actfn_identity_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_identity_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_identity_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_identity_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_identity_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_identity_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_identity_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_identity_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_identity_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_binary_step_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_binary_step_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_binary_step_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_binary_step_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_binary_step_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_binary_step_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_binary_step_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_binary_step_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_binary_step_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sigmoid_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_sigmoid_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_sigmoid_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sigmoid_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_sigmoid_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sigmoid_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sigmoid_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_sigmoid_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sigmoid_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_tanh_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_tanh_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_tanh_backward_from_output_f32(n: usize, y: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_tanh_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_tanh_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_tanh_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_tanh_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_tanh_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_tanh_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_arctan_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_arctan_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_arctan_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_arctan_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_arctan_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_arctan_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softsign_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_softsign_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_softsign_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softsign_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_softsign_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softsign_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softsign_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_softsign_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softsign_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu_backward_from_output_f32(n: usize, y: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu6_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu6_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu6_backward_from_output_f32(n: usize, y: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu6_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu6_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu6_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu6_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu6_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu6_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_squared_relu_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_squared_relu_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_squared_relu_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_squared_relu_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_squared_relu_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_squared_relu_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_squared_relu_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_squared_relu_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_squared_relu_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_selu_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_selu_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_selu_backward_from_output_f32(n: usize, y: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_selu_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_selu_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_selu_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_selu_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_selu_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_selu_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_silu_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_silu_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_silu_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_silu_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_silu_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_silu_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gelu_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_gelu_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_gelu_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_gelu_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gelu_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_gelu_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gelu_tanh_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_gelu_tanh_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_gelu_tanh_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_gelu_tanh_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gelu_tanh_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_gelu_tanh_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gelu_quick_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_gelu_quick_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_gelu_quick_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_gelu_quick_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gelu_quick_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_gelu_quick_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_mish_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_mish_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_mish_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_mish_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_mish_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_mish_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardsigmoid_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardsigmoid_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardsigmoid_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardsigmoid_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardsigmoid_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardsigmoid_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardsigmoid_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardsigmoid_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardsigmoid_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardswish_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardswish_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardswish_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardswish_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardswish_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardswish_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_sigmoid_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_sigmoid_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_sigmoid_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_sigmoid_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_sigmoid_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_sigmoid_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_sigmoid_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_sigmoid_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_sigmoid_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_tanhshrink_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_tanhshrink_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_tanhshrink_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_tanhshrink_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_tanhshrink_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_tanhshrink_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_bent_identity_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_bent_identity_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_bent_identity_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_bent_identity_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_bent_identity_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_bent_identity_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sinusoid_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_sinusoid_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_sinusoid_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_sinusoid_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sinusoid_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_sinusoid_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sinc_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_sinc_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_sinc_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_sinc_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sinc_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_sinc_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gaussian_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_gaussian_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_gaussian_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_gaussian_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_gaussian_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_gaussian_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparse_plus_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparse_plus_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparse_plus_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparse_plus_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparse_plus_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparse_plus_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparse_plus_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparse_plus_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparse_plus_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparse_sigmoid_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparse_sigmoid_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparse_sigmoid_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparse_sigmoid_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparse_sigmoid_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparse_sigmoid_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparse_sigmoid_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparse_sigmoid_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparse_sigmoid_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_exp_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_exp_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_exp_backward_from_output_f32(n: usize, y: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_exp_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_exp_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_exp_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_exp_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_exp_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_exp_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_abs_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_abs_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_abs_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_abs_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_abs_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_abs_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_square_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_square_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_square_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_square_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_square_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_square_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sqrt_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_sqrt_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_sqrt_backward_from_output_f32(n: usize, y: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_sqrt_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_sqrt_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sqrt_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sqrt_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_sqrt_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sqrt_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_round_f32(n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_round_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_round_backward_from_output_f32(n: usize, y: *const f32, dy: *const f32, dx: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_round_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_round_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_round_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_round_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_round_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_round_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_leaky_relu_f32(n: usize, x: *const f32, y: *mut f32, slope: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_leaky_relu_backward_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
        slope: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_leaky_relu_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
        slope: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_leaky_relu_param_gradient_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        gradients: *mut f32,
        slope: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_leaky_relu_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16, slope: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_leaky_relu_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        slope: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_leaky_relu_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        slope: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_leaky_relu_param_gradient_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        gradients: *mut f32,
        slope: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_leaky_relu_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16, slope: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_leaky_relu_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        slope: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_leaky_relu_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        slope: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_leaky_relu_param_gradient_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        gradients: *mut f32,
        slope: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_elu_f32(n: usize, x: *const f32, y: *mut f32, alpha: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_elu_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32, alpha: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_elu_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_elu_param_gradient_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        gradients: *mut f32,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_elu_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16, alpha: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_elu_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_elu_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_elu_param_gradient_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        gradients: *mut f32,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_elu_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16, alpha: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_elu_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_elu_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_elu_param_gradient_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        gradients: *mut f32,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_celu_f32(n: usize, x: *const f32, y: *mut f32, alpha: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_celu_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32, alpha: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_celu_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_celu_param_gradient_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        gradients: *mut f32,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_celu_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16, alpha: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_celu_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_celu_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_celu_param_gradient_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        gradients: *mut f32,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_celu_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16, alpha: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_celu_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_celu_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_celu_param_gradient_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        gradients: *mut f32,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softplus_f32(n: usize, x: *const f32, y: *mut f32, beta: f32, threshold: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_softplus_backward_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
        beta: f32,
        threshold: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softplus_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
        beta: f32,
        threshold: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softplus_param_gradient_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        gradients: *mut f32,
        beta: f32,
        threshold: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softplus_bf16(
        n: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
        beta: f32,
        threshold: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softplus_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        beta: f32,
        threshold: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softplus_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        beta: f32,
        threshold: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softplus_param_gradient_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        gradients: *mut f32,
        beta: f32,
        threshold: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softplus_f16(
        n: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
        beta: f32,
        threshold: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softplus_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        beta: f32,
        threshold: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softplus_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        beta: f32,
        threshold: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softplus_param_gradient_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        gradients: *mut f32,
        beta: f32,
        threshold: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swish_f32(n: usize, x: *const f32, y: *mut f32, beta: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_swish_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32, beta: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_swish_param_gradient_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        gradients: *mut f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swish_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16, beta: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_swish_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swish_param_gradient_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        gradients: *mut f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swish_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16, beta: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_swish_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swish_param_gradient_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        gradients: *mut f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardtanh_f32(n: usize, x: *const f32, y: *mut f32, min: f32, max: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardtanh_backward_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
        min: f32,
        max: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardtanh_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
        min: f32,
        max: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardtanh_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16, min: f32, max: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardtanh_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        min: f32,
        max: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardtanh_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        min: f32,
        max: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardtanh_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16, min: f32, max: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardtanh_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        min: f32,
        max: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardtanh_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        min: f32,
        max: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_clip_f32(n: usize, x: *const f32, y: *mut f32, min: f32, max: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_clip_backward_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
        min: f32,
        max: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_clip_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16, min: f32, max: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_clip_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        min: f32,
        max: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_clip_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16, min: f32, max: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_clip_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        min: f32,
        max: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardsigmoid_ab_f32(n: usize, x: *const f32, y: *mut f32, alpha: f32, beta: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardsigmoid_ab_backward_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardsigmoid_ab_bf16(
        n: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardsigmoid_ab_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardsigmoid_ab_f16(
        n: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardsigmoid_ab_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardswish_ab_f32(n: usize, x: *const f32, y: *mut f32, alpha: f32, beta: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardswish_ab_backward_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardswish_ab_bf16(
        n: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardswish_ab_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardswish_ab_f16(
        n: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardswish_ab_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardshrink_f32(n: usize, x: *const f32, y: *mut f32, lambda: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardshrink_backward_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
        lambda: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardshrink_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
        lambda: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardshrink_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16, lambda: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardshrink_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        lambda: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardshrink_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        lambda: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardshrink_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16, lambda: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardshrink_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        lambda: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardshrink_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        lambda: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softshrink_f32(n: usize, x: *const f32, y: *mut f32, lambda: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_softshrink_backward_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
        lambda: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softshrink_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
        lambda: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softshrink_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16, lambda: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_softshrink_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        lambda: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softshrink_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        lambda: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softshrink_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16, lambda: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_softshrink_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        lambda: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softshrink_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        lambda: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_shrink_f32(n: usize, x: *const f32, y: *mut f32, lambda: f32, bias: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_shrink_backward_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
        lambda: f32,
        bias: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_shrink_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
        lambda: f32,
        bias: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_shrink_bf16(
        n: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
        lambda: f32,
        bias: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_shrink_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        lambda: f32,
        bias: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_shrink_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        lambda: f32,
        bias: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_shrink_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16, lambda: f32, bias: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_shrink_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        lambda: f32,
        bias: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_shrink_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        lambda: f32,
        bias: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_threshold_f32(n: usize, x: *const f32, y: *mut f32, t: f32, v: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_threshold_backward_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
        t: f32,
        v: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_threshold_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
        t: f32,
        v: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_threshold_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16, t: f32, v: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_threshold_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        t: f32,
        v: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_threshold_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        t: f32,
        v: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_threshold_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16, t: f32, v: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_threshold_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        t: f32,
        v: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_threshold_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        t: f32,
        v: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_thresholded_relu_f32(n: usize, x: *const f32, y: *mut f32, alpha: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_thresholded_relu_backward_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_thresholded_relu_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_thresholded_relu_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16, alpha: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_thresholded_relu_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_thresholded_relu_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_thresholded_relu_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16, alpha: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_thresholded_relu_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_thresholded_relu_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_isru_f32(n: usize, x: *const f32, y: *mut f32, alpha: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_isru_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32, alpha: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_isru_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_isru_param_gradient_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        gradients: *mut f32,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_isru_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16, alpha: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_isru_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_isru_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_isru_param_gradient_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        gradients: *mut f32,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_isru_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16, alpha: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_isru_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_isru_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_isru_param_gradient_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        gradients: *mut f32,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_isrlu_f32(n: usize, x: *const f32, y: *mut f32, alpha: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_isrlu_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32, alpha: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_isrlu_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_isrlu_param_gradient_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        gradients: *mut f32,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_isrlu_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16, alpha: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_isrlu_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_isrlu_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_isrlu_param_gradient_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        gradients: *mut f32,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_isrlu_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16, alpha: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_isrlu_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_isrlu_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_isrlu_param_gradient_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        gradients: *mut f32,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_soft_exponential_f32(n: usize, x: *const f32, y: *mut f32, alpha: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_soft_exponential_backward_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_soft_exponential_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_soft_exponential_param_gradient_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        gradients: *mut f32,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_soft_exponential_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16, alpha: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_soft_exponential_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_soft_exponential_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_soft_exponential_param_gradient_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        gradients: *mut f32,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_soft_exponential_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16, alpha: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_soft_exponential_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_soft_exponential_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_soft_exponential_param_gradient_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        gradients: *mut f32,
        alpha: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_squareplus_f32(n: usize, x: *const f32, y: *mut f32, b: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_squareplus_backward_f32(n: usize, x: *const f32, dy: *const f32, dx: *mut f32, b: f32)
        -> actfn_status;
}
extern "C" {
    pub fn actfn_squareplus_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
        b: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_squareplus_param_gradient_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        gradients: *mut f32,
        b: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_squareplus_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16, b: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_squareplus_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        b: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_squareplus_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        b: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_squareplus_param_gradient_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        gradients: *mut f32,
        b: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_squareplus_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16, b: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_squareplus_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        b: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_squareplus_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        b: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_squareplus_param_gradient_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        gradients: *mut f32,
        b: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_scaled_tanh_f32(n: usize, x: *const f32, y: *mut f32, alpha: f32, beta: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_scaled_tanh_backward_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_scaled_tanh_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_scaled_tanh_param_gradient_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        gradients: *mut f32,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_scaled_tanh_bf16(
        n: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_scaled_tanh_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_scaled_tanh_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_scaled_tanh_param_gradient_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        gradients: *mut f32,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_scaled_tanh_f16(
        n: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_scaled_tanh_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_scaled_tanh_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_scaled_tanh_param_gradient_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        gradients: *mut f32,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_xielu_f32(
        n: usize,
        x: *const f32,
        y: *mut f32,
        alpha_p: f32,
        alpha_n: f32,
        beta: f32,
        eps: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_xielu_backward_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
        alpha_p: f32,
        alpha_n: f32,
        beta: f32,
        eps: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_xielu_param_gradient_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        gradients: *mut f32,
        alpha_p: f32,
        alpha_n: f32,
        beta: f32,
        eps: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_xielu_bf16(
        n: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
        alpha_p: f32,
        alpha_n: f32,
        beta: f32,
        eps: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_xielu_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        alpha_p: f32,
        alpha_n: f32,
        beta: f32,
        eps: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_xielu_param_gradient_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        gradients: *mut f32,
        alpha_p: f32,
        alpha_n: f32,
        beta: f32,
        eps: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_xielu_f16(
        n: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
        alpha_p: f32,
        alpha_n: f32,
        beta: f32,
        eps: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_xielu_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        alpha_p: f32,
        alpha_n: f32,
        beta: f32,
        eps: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_xielu_param_gradient_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        gradients: *mut f32,
        alpha_p: f32,
        alpha_n: f32,
        beta: f32,
        eps: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu_general_f32(n: usize, x: *const f32, y: *mut f32, slope: f32, max: f32, t: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu_general_backward_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
        slope: f32,
        max: f32,
        t: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu_general_param_gradient_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        gradients: *mut f32,
        slope: f32,
        max: f32,
        t: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu_general_bf16(
        n: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
        slope: f32,
        max: f32,
        t: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu_general_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        slope: f32,
        max: f32,
        t: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu_general_param_gradient_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        gradients: *mut f32,
        slope: f32,
        max: f32,
        t: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu_general_f16(
        n: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
        slope: f32,
        max: f32,
        t: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu_general_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        slope: f32,
        max: f32,
        t: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_relu_general_param_gradient_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        gradients: *mut f32,
        slope: f32,
        max: f32,
        t: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_linear_f32(n: usize, x: *const f32, y: *mut f32, alpha: f32, beta: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_linear_backward_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_linear_backward_from_output_f32(
        n: usize,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_linear_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16, alpha: f32, beta: f32)
        -> actfn_status;
}
extern "C" {
    pub fn actfn_linear_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_linear_backward_from_output_bf16(
        n: usize,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_linear_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16, alpha: f32, beta: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_linear_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_linear_backward_from_output_f16(
        n: usize,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_pow_f32(n: usize, x: *const f32, y: *mut f32, alpha: f32, beta: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_pow_backward_f32(
        n: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_pow_bf16(n: usize, x: *const actfn_bf16, y: *mut actfn_bf16, alpha: f32, beta: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_pow_backward_bf16(
        n: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_pow_f16(n: usize, x: *const actfn_f16, y: *mut actfn_f16, alpha: f32, beta: f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_pow_backward_f16(
        n: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        alpha: f32,
        beta: f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_prelu_f32(
        outer: usize,
        channels: usize,
        inner: usize,
        a: *const f32,
        x: *const f32,
        y: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_prelu_backward_f32(
        outer: usize,
        channels: usize,
        inner: usize,
        a: *const f32,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
        da: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_prelu_backward_from_output_f32(
        outer: usize,
        channels: usize,
        inner: usize,
        a: *const f32,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_prelu_bf16(
        outer: usize,
        channels: usize,
        inner: usize,
        a: *const f32,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_prelu_backward_bf16(
        outer: usize,
        channels: usize,
        inner: usize,
        a: *const f32,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        da: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_prelu_backward_from_output_bf16(
        outer: usize,
        channels: usize,
        inner: usize,
        a: *const f32,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_prelu_f16(
        outer: usize,
        channels: usize,
        inner: usize,
        a: *const f32,
        x: *const actfn_f16,
        y: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_prelu_backward_f16(
        outer: usize,
        channels: usize,
        inner: usize,
        a: *const f32,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        da: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_prelu_backward_from_output_f16(
        outer: usize,
        channels: usize,
        inner: usize,
        a: *const f32,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_srelu_f32(
        outer: usize,
        channels: usize,
        inner: usize,
        tl: *const f32,
        al: *const f32,
        tr: *const f32,
        ar: *const f32,
        x: *const f32,
        y: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_srelu_backward_f32(
        outer: usize,
        channels: usize,
        inner: usize,
        tl: *const f32,
        al: *const f32,
        tr: *const f32,
        ar: *const f32,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
        dtl: *mut f32,
        dal: *mut f32,
        dtr: *mut f32,
        dar: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_srelu_bf16(
        outer: usize,
        channels: usize,
        inner: usize,
        tl: *const f32,
        al: *const f32,
        tr: *const f32,
        ar: *const f32,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_srelu_backward_bf16(
        outer: usize,
        channels: usize,
        inner: usize,
        tl: *const f32,
        al: *const f32,
        tr: *const f32,
        ar: *const f32,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        dtl: *mut f32,
        dal: *mut f32,
        dtr: *mut f32,
        dar: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_srelu_f16(
        outer: usize,
        channels: usize,
        inner: usize,
        tl: *const f32,
        al: *const f32,
        tr: *const f32,
        ar: *const f32,
        x: *const actfn_f16,
        y: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_srelu_backward_f16(
        outer: usize,
        channels: usize,
        inner: usize,
        tl: *const f32,
        al: *const f32,
        tr: *const f32,
        ar: *const f32,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        dtl: *mut f32,
        dal: *mut f32,
        dtr: *mut f32,
        dar: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_apl_f32(
        outer: usize,
        channels: usize,
        inner: usize,
        terms: usize,
        a: *const f32,
        b: *const f32,
        x: *const f32,
        y: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_apl_backward_f32(
        outer: usize,
        channels: usize,
        inner: usize,
        terms: usize,
        a: *const f32,
        b: *const f32,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
        da: *mut f32,
        db: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_apl_bf16(
        outer: usize,
        channels: usize,
        inner: usize,
        terms: usize,
        a: *const f32,
        b: *const f32,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_apl_backward_bf16(
        outer: usize,
        channels: usize,
        inner: usize,
        terms: usize,
        a: *const f32,
        b: *const f32,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
        da: *mut f32,
        db: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_apl_f16(
        outer: usize,
        channels: usize,
        inner: usize,
        terms: usize,
        a: *const f32,
        b: *const f32,
        x: *const actfn_f16,
        y: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_apl_backward_f16(
        outer: usize,
        channels: usize,
        inner: usize,
        terms: usize,
        a: *const f32,
        b: *const f32,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
        da: *mut f32,
        db: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_glu_f32(n: usize, u: *const f32, v: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_glu_backward_f32(
        n: usize,
        u: *const f32,
        v: *const f32,
        dy: *const f32,
        du: *mut f32,
        dv: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_glu_packed_f32(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const f32,
        y: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_glu_packed_backward_f32(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_glu_bf16(n: usize, u: *const actfn_bf16, v: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_glu_backward_bf16(
        n: usize,
        u: *const actfn_bf16,
        v: *const actfn_bf16,
        dy: *const actfn_bf16,
        du: *mut actfn_bf16,
        dv: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_glu_packed_bf16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_glu_packed_backward_bf16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_glu_f16(n: usize, u: *const actfn_f16, v: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_glu_backward_f16(
        n: usize,
        u: *const actfn_f16,
        v: *const actfn_f16,
        dy: *const actfn_f16,
        du: *mut actfn_f16,
        dv: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_glu_packed_f16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_glu_packed_backward_f16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_reglu_f32(n: usize, u: *const f32, v: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_reglu_backward_f32(
        n: usize,
        u: *const f32,
        v: *const f32,
        dy: *const f32,
        du: *mut f32,
        dv: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_reglu_packed_f32(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const f32,
        y: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_reglu_packed_backward_f32(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_reglu_bf16(n: usize, u: *const actfn_bf16, v: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_reglu_backward_bf16(
        n: usize,
        u: *const actfn_bf16,
        v: *const actfn_bf16,
        dy: *const actfn_bf16,
        du: *mut actfn_bf16,
        dv: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_reglu_packed_bf16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_reglu_packed_backward_bf16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_reglu_f16(n: usize, u: *const actfn_f16, v: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_reglu_backward_f16(
        n: usize,
        u: *const actfn_f16,
        v: *const actfn_f16,
        dy: *const actfn_f16,
        du: *mut actfn_f16,
        dv: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_reglu_packed_f16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_reglu_packed_backward_f16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_f32(n: usize, u: *const f32, v: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_backward_f32(
        n: usize,
        u: *const f32,
        v: *const f32,
        dy: *const f32,
        du: *mut f32,
        dv: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_packed_f32(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const f32,
        y: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_packed_backward_f32(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_bf16(n: usize, u: *const actfn_bf16, v: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_backward_bf16(
        n: usize,
        u: *const actfn_bf16,
        v: *const actfn_bf16,
        dy: *const actfn_bf16,
        du: *mut actfn_bf16,
        dv: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_packed_bf16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_packed_backward_bf16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_f16(n: usize, u: *const actfn_f16, v: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_backward_f16(
        n: usize,
        u: *const actfn_f16,
        v: *const actfn_f16,
        dy: *const actfn_f16,
        du: *mut actfn_f16,
        dv: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_packed_f16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_packed_backward_f16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_tanh_f32(n: usize, u: *const f32, v: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_tanh_backward_f32(
        n: usize,
        u: *const f32,
        v: *const f32,
        dy: *const f32,
        du: *mut f32,
        dv: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_tanh_packed_f32(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const f32,
        y: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_tanh_packed_backward_f32(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_tanh_bf16(
        n: usize,
        u: *const actfn_bf16,
        v: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_tanh_backward_bf16(
        n: usize,
        u: *const actfn_bf16,
        v: *const actfn_bf16,
        dy: *const actfn_bf16,
        du: *mut actfn_bf16,
        dv: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_tanh_packed_bf16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_tanh_packed_backward_bf16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_tanh_f16(n: usize, u: *const actfn_f16, v: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_tanh_backward_f16(
        n: usize,
        u: *const actfn_f16,
        v: *const actfn_f16,
        dy: *const actfn_f16,
        du: *mut actfn_f16,
        dv: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_tanh_packed_f16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_tanh_packed_backward_f16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_quick_f32(n: usize, u: *const f32, v: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_quick_backward_f32(
        n: usize,
        u: *const f32,
        v: *const f32,
        dy: *const f32,
        du: *mut f32,
        dv: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_quick_packed_f32(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const f32,
        y: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_quick_packed_backward_f32(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_quick_bf16(
        n: usize,
        u: *const actfn_bf16,
        v: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_quick_backward_bf16(
        n: usize,
        u: *const actfn_bf16,
        v: *const actfn_bf16,
        dy: *const actfn_bf16,
        du: *mut actfn_bf16,
        dv: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_quick_packed_bf16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_quick_packed_backward_bf16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_quick_f16(n: usize, u: *const actfn_f16, v: *const actfn_f16, y: *mut actfn_f16)
        -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_quick_backward_f16(
        n: usize,
        u: *const actfn_f16,
        v: *const actfn_f16,
        dy: *const actfn_f16,
        du: *mut actfn_f16,
        dv: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_quick_packed_f16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_geglu_quick_packed_backward_f16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_f32(n: usize, u: *const f32, v: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_backward_f32(
        n: usize,
        u: *const f32,
        v: *const f32,
        dy: *const f32,
        du: *mut f32,
        dv: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_packed_f32(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const f32,
        y: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_packed_backward_f32(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_bf16(n: usize, u: *const actfn_bf16, v: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_backward_bf16(
        n: usize,
        u: *const actfn_bf16,
        v: *const actfn_bf16,
        dy: *const actfn_bf16,
        du: *mut actfn_bf16,
        dv: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_packed_bf16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_packed_backward_bf16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_f16(n: usize, u: *const actfn_f16, v: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_backward_f16(
        n: usize,
        u: *const actfn_f16,
        v: *const actfn_f16,
        dy: *const actfn_f16,
        du: *mut actfn_f16,
        dv: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_packed_f16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_packed_backward_f16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_oai_f32(n: usize, u: *const f32, v: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_oai_backward_f32(
        n: usize,
        u: *const f32,
        v: *const f32,
        dy: *const f32,
        du: *mut f32,
        dv: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_oai_packed_f32(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const f32,
        y: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_oai_packed_backward_f32(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_oai_bf16(
        n: usize,
        u: *const actfn_bf16,
        v: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_oai_backward_bf16(
        n: usize,
        u: *const actfn_bf16,
        v: *const actfn_bf16,
        dy: *const actfn_bf16,
        du: *mut actfn_bf16,
        dv: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_oai_packed_bf16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_oai_packed_backward_bf16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_oai_f16(n: usize, u: *const actfn_f16, v: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_oai_backward_f16(
        n: usize,
        u: *const actfn_f16,
        v: *const actfn_f16,
        dy: *const actfn_f16,
        du: *mut actfn_f16,
        dv: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_oai_packed_f16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_swiglu_oai_packed_backward_f16(
        layout: actfn_gate_layout,
        rows: usize,
        width: usize,
        x: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmax_f32(rows: usize, n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmax_backward_f32(
        rows: usize,
        n: usize,
        x: *const f32,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmax_axis_f32(outer: usize, n: usize, inner: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmax_axis_backward_f32(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const f32,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmax_bf16(rows: usize, n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmax_backward_bf16(
        rows: usize,
        n: usize,
        x: *const actfn_bf16,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmax_axis_bf16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmax_axis_backward_bf16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_bf16,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmax_f16(rows: usize, n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmax_backward_f16(
        rows: usize,
        n: usize,
        x: *const actfn_f16,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmax_axis_f16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmax_axis_backward_f16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_f16,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_softmax_f32(rows: usize, n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_softmax_backward_f32(
        rows: usize,
        n: usize,
        x: *const f32,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_softmax_axis_f32(outer: usize, n: usize, inner: usize, x: *const f32, y: *mut f32)
        -> actfn_status;
}
extern "C" {
    pub fn actfn_log_softmax_axis_backward_f32(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const f32,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_softmax_bf16(rows: usize, n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_softmax_backward_bf16(
        rows: usize,
        n: usize,
        x: *const actfn_bf16,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_softmax_axis_bf16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_softmax_axis_backward_bf16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_bf16,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_softmax_f16(rows: usize, n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_softmax_backward_f16(
        rows: usize,
        n: usize,
        x: *const actfn_f16,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_softmax_axis_f16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_log_softmax_axis_backward_f16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_f16,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmin_f32(rows: usize, n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmin_backward_f32(
        rows: usize,
        n: usize,
        x: *const f32,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmin_axis_f32(outer: usize, n: usize, inner: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmin_axis_backward_f32(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const f32,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmin_bf16(rows: usize, n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmin_backward_bf16(
        rows: usize,
        n: usize,
        x: *const actfn_bf16,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmin_axis_bf16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmin_axis_backward_bf16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_bf16,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmin_f16(rows: usize, n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmin_backward_f16(
        rows: usize,
        n: usize,
        x: *const actfn_f16,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmin_axis_f16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_softmin_axis_backward_f16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_f16,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardmax_f32(rows: usize, n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardmax_backward_f32(
        rows: usize,
        n: usize,
        x: *const f32,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardmax_axis_f32(outer: usize, n: usize, inner: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardmax_axis_backward_f32(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const f32,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardmax_bf16(rows: usize, n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardmax_backward_bf16(
        rows: usize,
        n: usize,
        x: *const actfn_bf16,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardmax_axis_bf16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardmax_axis_backward_bf16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_bf16,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardmax_f16(rows: usize, n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardmax_backward_f16(
        rows: usize,
        n: usize,
        x: *const actfn_f16,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardmax_axis_f16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_hardmax_axis_backward_f16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_f16,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_logsumexp_f32(rows: usize, n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_logsumexp_backward_f32(
        rows: usize,
        n: usize,
        x: *const f32,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_logsumexp_axis_f32(outer: usize, n: usize, inner: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_logsumexp_axis_backward_f32(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const f32,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_logsumexp_bf16(rows: usize, n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_logsumexp_backward_bf16(
        rows: usize,
        n: usize,
        x: *const actfn_bf16,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_logsumexp_axis_bf16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_logsumexp_axis_backward_bf16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_bf16,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_logsumexp_f16(rows: usize, n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_logsumexp_backward_f16(
        rows: usize,
        n: usize,
        x: *const actfn_f16,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_logsumexp_axis_f16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_logsumexp_axis_backward_f16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_f16,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_logmeanexp_f32(rows: usize, n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_logmeanexp_backward_f32(
        rows: usize,
        n: usize,
        x: *const f32,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_logmeanexp_axis_f32(outer: usize, n: usize, inner: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_logmeanexp_axis_backward_f32(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const f32,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_logmeanexp_bf16(rows: usize, n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_logmeanexp_backward_bf16(
        rows: usize,
        n: usize,
        x: *const actfn_bf16,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_logmeanexp_axis_bf16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_logmeanexp_axis_backward_bf16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_bf16,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_logmeanexp_f16(rows: usize, n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_logmeanexp_backward_f16(
        rows: usize,
        n: usize,
        x: *const actfn_f16,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_logmeanexp_axis_f16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_logmeanexp_axis_backward_f16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_f16,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparsemax_f32(rows: usize, n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparsemax_backward_f32(
        rows: usize,
        n: usize,
        x: *const f32,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparsemax_axis_f32(outer: usize, n: usize, inner: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparsemax_axis_backward_f32(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const f32,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparsemax_bf16(rows: usize, n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparsemax_backward_bf16(
        rows: usize,
        n: usize,
        x: *const actfn_bf16,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparsemax_axis_bf16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparsemax_axis_backward_bf16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_bf16,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparsemax_f16(rows: usize, n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparsemax_backward_f16(
        rows: usize,
        n: usize,
        x: *const actfn_f16,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparsemax_axis_f16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sparsemax_axis_backward_f16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_f16,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_maxout_f32(rows: usize, n: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_maxout_backward_f32(
        rows: usize,
        n: usize,
        x: *const f32,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_maxout_axis_f32(outer: usize, n: usize, inner: usize, x: *const f32, y: *mut f32) -> actfn_status;
}
extern "C" {
    pub fn actfn_maxout_axis_backward_f32(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const f32,
        y: *const f32,
        dy: *const f32,
        dx: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_maxout_bf16(rows: usize, n: usize, x: *const actfn_bf16, y: *mut actfn_bf16) -> actfn_status;
}
extern "C" {
    pub fn actfn_maxout_backward_bf16(
        rows: usize,
        n: usize,
        x: *const actfn_bf16,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_maxout_axis_bf16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_bf16,
        y: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_maxout_axis_backward_bf16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_bf16,
        y: *const actfn_bf16,
        dy: *const actfn_bf16,
        dx: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_maxout_f16(rows: usize, n: usize, x: *const actfn_f16, y: *mut actfn_f16) -> actfn_status;
}
extern "C" {
    pub fn actfn_maxout_backward_f16(
        rows: usize,
        n: usize,
        x: *const actfn_f16,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_maxout_axis_f16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_f16,
        y: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_maxout_axis_backward_f16(
        outer: usize,
        n: usize,
        inner: usize,
        x: *const actfn_f16,
        y: *const actfn_f16,
        dy: *const actfn_f16,
        dx: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sigmoid_bce_f32(
        n: usize,
        z: *const f32,
        t: *const f32,
        w: *const f32,
        scale: f32,
        loss: *mut f32,
        dz: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sigmoid_bce_bf16(
        n: usize,
        z: *const actfn_bf16,
        t: *const actfn_bf16,
        w: *const f32,
        scale: f32,
        loss: *mut f32,
        dz: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sigmoid_bce_f16(
        n: usize,
        z: *const actfn_f16,
        t: *const actfn_f16,
        w: *const f32,
        scale: f32,
        loss: *mut f32,
        dz: *mut actfn_f16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sigmoid_mse_f32(
        n: usize,
        z: *const f32,
        t: *const f32,
        w: *const f32,
        scale: f32,
        loss: *mut f32,
        dz: *mut f32,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sigmoid_mse_bf16(
        n: usize,
        z: *const actfn_bf16,
        t: *const actfn_bf16,
        w: *const f32,
        scale: f32,
        loss: *mut f32,
        dz: *mut actfn_bf16,
    ) -> actfn_status;
}
extern "C" {
    pub fn actfn_sigmoid_mse_f16(
        n: usize,
        z: *const actfn_f16,
        t: *const actfn_f16,
        w: *const f32,
        scale: f32,
        loss: *mut f32,
        dz: *mut actfn_f16,
    ) -> actfn_status;
}
