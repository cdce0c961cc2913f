// SPDX-License-Identifier: MIT
//! The `OrtCustomOp` of each operation: the functions that ONNX Runtime calls.

use crate::catalogue::Operation;
use crate::element::Element;
use crate::host::{ask, Execution, Failure, Host, Inference, Node};
use crate::kernel::Kernel;
use actfn_sys as sys;
use ort_sys::{
    ONNXTensorElementDataType, OrtApi, OrtCustomOp, OrtCustomOpDomain, OrtCustomOpInputOutputCharacteristic,
    OrtKernelContext, OrtKernelInfo, OrtMemType, OrtSessionOptions, OrtShapeInferContext, OrtStatusPtr,
};
use std::ffi::{c_char, c_int, c_void};
use std::ptr::{null, null_mut};
use std::sync::{Mutex, PoisonError};

const DOMAIN: &std::ffi::CStr = c"ai.actfn";

/// An operator for one type of its tensors.  ONNX Runtime sees the beginning of the struct, and passes a pointer to it.  It
/// takes operators of one name for one operator, and chooses by the types of a node's inputs.
#[repr(C)]
struct Operator {
    table: OrtCustomOp,
    host: Host,
    operation: &'static Operation,
    element: Element,
}

/// A kernel, and the runtime that gets its answers.
struct Instance {
    host: Host,
    kernel: Kernel,
}

/// The domains that exist, one for each runtime in the process.  They and their operators are never freed, because session
/// options keep plain pointers to them, and sessions outlive their options.
static DOMAINS: Mutex<Vec<(Host, Domain)>> = Mutex::new(Vec::new());

#[derive(Clone, Copy)]
struct Domain(*mut OrtCustomOpDomain);

// SAFETY: only read once it is made.
unsafe impl Send for Domain {}

/// # Safety
/// `options` are session options of that runtime.
pub unsafe fn register(host: Host, options: *mut OrtSessionOptions) -> Result<(), Failure> {
    let mut domains = DOMAINS.lock().unwrap_or_else(PoisonError::into_inner);
    let made = domains.iter().find(|(of, _)| of.is(host)).map(|&(_, domain)| domain);
    let domain = match made {
        Some(domain) => domain,
        None => {
            let domain = make_domain(host)?;
            domains.push((host, domain));
            domain
        }
    };
    // SAFETY: the caller's promise, and a domain of the same runtime.
    unsafe { ask!(host, AddCustomOpDomain(options, domain.0)) }
}

fn make_domain(host: Host) -> Result<Domain, Failure> {
    let mut domain = null_mut();
    // SAFETY: the runtime copies the name, and keeps the operators' addresses, which stay.
    unsafe {
        ask!(host, CreateCustomOpDomain(DOMAIN.as_ptr(), &mut domain))?;
        for operation in Operation::all() {
            let operation: &'static Operation = Box::leak(Box::new(operation));
            for &element in Element::of(operation) {
                let operator = Operator { table: table(host, operation), host, operation, element };
                let operator = Box::leak(Box::new(operator));
                ask!(host, CustomOpDomain_Add(domain, (&raw const *operator).cast()))?;
            }
        }
    }
    Ok(Domain(domain))
}

fn table(host: Host, operation: &Operation) -> OrtCustomOp {
    let same_shape = !operation.reduces;
    let optional_inputs = operation.inputs().1 < operation.inputs().0;
    let infers = same_shape && (!optional_inputs || host.infers_without_inputs());
    OrtCustomOp {
        version: host.api_version(),
        CreateKernel: None,
        GetName: Some(name),
        GetExecutionProviderType: Some(execution_provider),
        GetInputType: Some(element),
        GetInputTypeCount: Some(input_count),
        GetOutputType: Some(element),
        GetOutputTypeCount: Some(output_count),
        KernelCompute: None,
        KernelDestroy: Some(destroy_kernel),
        GetInputCharacteristic: Some(input_characteristic),
        GetOutputCharacteristic: Some(output_characteristic),
        GetInputMemoryType: Some(memory),
        GetVariadicInputMinArity: None,
        GetVariadicInputHomogeneity: None,
        GetVariadicOutputMinArity: None,
        GetVariadicOutputHomogeneity: None,
        CreateKernelV2: Some(create_kernel),
        KernelComputeV2: Some(compute),
        InferOutputShapeFn: infers.then_some(infer_shape as _),
        GetStartVersion: Some(first_version),
        GetEndVersion: Some(last_version),
        GetMayInplace: same_shape.then_some(may_inplace as _),
        ReleaseMayInplace: same_shape.then_some(release_inplace as _),
        GetAliasMap: None,
        ReleaseAliasMap: None,
    }
}

/// # Safety
/// `op` is the address of one of our tables.
unsafe fn operator(op: *const OrtCustomOp) -> &'static Operator {
    // SAFETY: the table is the first field of an operator that is never freed.
    unsafe { &*op.cast() }
}

unsafe extern "system" fn name(op: *const OrtCustomOp) -> *const c_char {
    // SAFETY: the runtime gives what it was given.
    unsafe { operator(op) }.operation.name.as_ptr()
}

unsafe extern "system" fn execution_provider(_: *const OrtCustomOp) -> *const c_char {
    null() // the CPU's
}

unsafe extern "system" fn element(op: *const OrtCustomOp, _: usize) -> ONNXTensorElementDataType {
    // SAFETY: the runtime gives what it was given.
    unsafe { operator(op) }.element.onnx()
}

unsafe extern "system" fn memory(_: *const OrtCustomOp, _: usize) -> OrtMemType {
    OrtMemType::OrtMemTypeDefault
}

unsafe extern "system" fn input_count(op: *const OrtCustomOp) -> usize {
    // SAFETY: the runtime gives what it was given.
    unsafe { operator(op) }.operation.inputs().0
}

unsafe extern "system" fn output_count(_: *const OrtCustomOp) -> usize {
    1
}

unsafe extern "system" fn input_characteristic(
    op: *const OrtCustomOp,
    index: usize,
) -> OrtCustomOpInputOutputCharacteristic {
    // SAFETY: the runtime gives what it was given.
    if index < unsafe { operator(op) }.operation.inputs().1 {
        OrtCustomOpInputOutputCharacteristic::INPUT_OUTPUT_REQUIRED
    } else {
        OrtCustomOpInputOutputCharacteristic::INPUT_OUTPUT_OPTIONAL
    }
}

unsafe extern "system" fn output_characteristic(
    _: *const OrtCustomOp,
    _: usize,
) -> OrtCustomOpInputOutputCharacteristic {
    OrtCustomOpInputOutputCharacteristic::INPUT_OUTPUT_REQUIRED
}

unsafe extern "system" fn first_version(_: *const OrtCustomOp) -> c_int {
    1
}

unsafe extern "system" fn last_version(_: *const OrtCustomOp) -> c_int {
    c_int::MAX
}

unsafe extern "system" fn create_kernel(
    op: *const OrtCustomOp,
    _: *const OrtApi,
    info: *const OrtKernelInfo,
    kernel: *mut *mut c_void,
) -> OrtStatusPtr {
    // SAFETY: the runtime gives what it was given.
    let &Operator { host, operation, element, .. } = unsafe { operator(op) };
    host.status_of(|| {
        // SAFETY: info is the runtime's, for the time of this call.
        let made = Kernel::new(operation, element, &unsafe { Node::new(host, info) })?;
        // SAFETY: the runtime keeps the pointer that is written here, and gives it to the two functions below.
        unsafe { *kernel = Box::into_raw(Box::new(Instance { host, kernel: made })).cast() };
        Ok(())
    })
}

unsafe extern "system" fn compute(kernel: *mut c_void, context: *mut OrtKernelContext) -> OrtStatusPtr {
    // SAFETY: made above, and only read: runs of one session from several threads share a kernel.
    let Instance { host, kernel } = unsafe { &*kernel.cast::<Instance>() };
    // SAFETY: the context is the runtime's for the time of this call, and all tensors have the type of the table.
    host.status_of(|| kernel.compute(&unsafe { Execution::new(*host, context) }))
}

unsafe extern "system" fn destroy_kernel(kernel: *mut c_void) {
    if !kernel.is_null() {
        // SAFETY: made by create_kernel, and the runtime does not use it any more.
        drop(unsafe { Box::from_raw(kernel.cast::<Instance>()) });
    }
}

/// The output has the shape of the first input.  For a gate over one packed input nothing is said.
unsafe extern "system" fn infer_shape(op: *const OrtCustomOp, context: *mut OrtShapeInferContext) -> OrtStatusPtr {
    // SAFETY: the runtime gives what it was given.
    let Operator { host, operation, .. } = unsafe { operator(op) };
    host.status_of(|| {
        // SAFETY: the context is the runtime's for the time of this call.
        let inference = unsafe { Inference::new(*host, context) };
        // The attribute decides, because the runtime may count a missing input as one without a name.
        let packed = operation.family == sys::ACTFN_FAMILY_GATES && inference.has_attribute(c"gate");
        if packed {
            return Ok(());
        }
        inference.copy_shape()
    })
}

/// Output 0 may have the memory of input 0, if the runtime knows that their sizes are equal and that nothing else uses
/// input 0.
unsafe extern "system" fn may_inplace(input: *mut *mut c_int, output: *mut *mut c_int) -> usize {
    // SAFETY: the runtime takes two arrays of as many indices as we say, and gives them to the function below.
    unsafe {
        *input = Box::into_raw(Box::new(0));
        *output = Box::into_raw(Box::new(0));
    }
    1
}

unsafe extern "system" fn release_inplace(input: *mut c_int, output: *mut c_int) {
    // SAFETY: made above.
    unsafe {
        drop(Box::from_raw(input));
        drop(Box::from_raw(output));
    }
}
