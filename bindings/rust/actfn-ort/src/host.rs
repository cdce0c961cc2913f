// SPDX-License-Identifier: MIT
//! ONNX Runtime's C API.  The runtime that loaded this library passes it; nothing of the runtime is linked.

use actfn_sys as sys;
use ort_sys::{
    OrtApi, OrtApiBase, OrtErrorCode, OrtKernelContext, OrtKernelInfo, OrtShapeInferContext, OrtStatusPtr,
    OrtTensorTypeAndShapeInfo,
};
use std::any::Any;
use std::ffi::{c_char, c_void, CStr, CString};
use std::panic::{catch_unwind, AssertUnwindSafe};
use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicU32, Ordering};

/// Kernels that return a status (16), `KernelContext_ParallelFor` and the inference of shapes (17).
const OLDEST: u32 = 17;
/// An output in the memory of its input (18): used if the runtime has it.
const NEWEST: u32 = 18;

/// The reason for a failure: the message of a status.
pub struct Failure(String);

impl Failure {
    pub fn new(message: impl Into<String>) -> Failure {
        Failure(message.into())
    }

    /// The same, with the subject in front.
    pub fn about(self, what: &str) -> Failure {
        Failure(format!("{what}: {}", self.0))
    }
}

/// The runtime's functions.
#[derive(Clone, Copy)]
pub struct Host {
    // Not a reference: an older runtime's table is shorter than ort-sys's type.
    pub api: *const OrtApi,
    minor: u32,
}

// SAFETY: a table of functions that is never written to, and any thread may call them.
unsafe impl Send for Host {}
// SAFETY: as above.
unsafe impl Sync for Host {}

/// Calls a function of the table, and converts its status to a result.
macro_rules! ask {
    ($host:expr, $function:ident($($argument:expr),* $(,)?)) => {
        $host.result(((*$host.api).$function)($($argument),*))
    };
}
pub(crate) use ask;

impl Host {
    /// # Safety
    /// `base` is a runtime's `OrtApiBase`.
    pub unsafe fn from_base(base: *const OrtApiBase) -> Option<Host> {
        // SAFETY: the caller's promise; the version is a string that lives as long as the runtime.
        unsafe {
            let version = CStr::from_ptr(((*base).GetVersionString)()).to_string_lossy();
            let minor = version.split('.').nth(1)?.parse().ok()?;
            // A runtime prints a complaint on stderr if it is asked for a newer version than it has.
            let api = ((*base).GetApi)(u32::min(minor, NEWEST));
            (!api.is_null()).then_some(Host { api, minor })
        }
    }

    pub fn require_version(self) -> Result<(), Failure> {
        if self.minor < OLDEST {
            return Err(Failure::new(format!("ai.actfn needs ONNX Runtime 1.{OLDEST} or newer, not 1.{}", self.minor)));
        }
        Ok(())
    }

    /// The version of the interface in use, with which an operator's table begins.
    pub fn api_version(self) -> u32 {
        u32::min(self.minor, NEWEST)
    }

    /// Before 1.24 the runtime crashes on a node whose last input has no name, if the operator infers shapes.
    pub fn infers_without_inputs(self) -> bool {
        self.minor >= 24
    }

    pub fn is(self, other: Host) -> bool {
        self.api == other.api
    }

    /// Does the work of one of the runtime's calls.  A panic becomes a status too, because it must not unwind into C++.
    pub fn status_of(self, work: impl FnOnce() -> Result<(), Failure>) -> OrtStatusPtr {
        let caught = catch_unwind(AssertUnwindSafe(work));
        match caught.unwrap_or_else(|panic| Err(Failure(format!("ai.actfn: {}", panic_text(&*panic))))) {
            Ok(()) => OrtStatusPtr(null_mut()),
            Err(Failure(message)) => {
                let message = CString::new(message.replace('\0', "")).unwrap_or_default();
                // SAFETY: the runtime copies the message.
                unsafe { ((*self.api).CreateStatus)(OrtErrorCode::ORT_INVALID_ARGUMENT, message.as_ptr()) }
            }
        }
    }

    /// Converts the runtime's answer to a result.
    pub fn result(self, status: OrtStatusPtr) -> Result<(), Failure> {
        if status.0.is_null() {
            return Ok(());
        }
        // SAFETY: a status of this runtime, which is ours to free after its message is copied.
        unsafe {
            let message = CStr::from_ptr(((*self.api).GetErrorMessage)(status.0)).to_string_lossy().into_owned();
            ((*self.api).ReleaseStatus)(status.0);
            Err(Failure(message))
        }
    }
}

fn panic_text(panic: &(dyn Any + Send)) -> &str {
    match panic.downcast_ref::<String>() {
        Some(text) => text,
        None => panic.downcast_ref::<&str>().copied().unwrap_or("an internal error"),
    }
}

/// The node for which a kernel is made.
pub struct Node {
    host: Host,
    info: *const OrtKernelInfo,
}

impl Node {
    /// # Safety
    /// `info` is the runtime's, and outlives the node.
    pub unsafe fn new(host: Host, info: *const OrtKernelInfo) -> Node {
        Node { host, info }
    }

    pub fn name(&self) -> String {
        // SAFETY: the runtime writes as many bytes as it said that there are.
        read_text(|out, size| unsafe { ask!(self.host, KernelInfo_GetNodeName(self.info, out, size)) })
            .unwrap_or_default()
    }

    /// Whether an optional input is present: a missing input has no name.
    pub fn has_input(&self, index: usize) -> bool {
        let mut count = 0;
        // SAFETY: count is written to.
        let counted = unsafe { ask!(self.host, KernelInfo_GetInputCount(self.info, &mut count)) };
        let name = || {
            // SAFETY: index is below the count; the runtime writes as many bytes as it said that there are.
            read_text(|out, size| unsafe { ask!(self.host, KernelInfo_GetInputName(self.info, index, out, size)) })
        };
        counted.is_ok() && index < count && name().is_ok_and(|name| !name.is_empty())
    }

    /// The number of dimensions of an input, if the graph says it.
    pub fn rank(&self, index: usize) -> Option<usize> {
        let (mut info, mut shape, mut rank) = (null_mut(), null(), 0);
        // SAFETY: the pointers are the runtime's, and each is asked for before it is used; info is ours to free.
        unsafe {
            ask!(self.host, KernelInfo_GetInputTypeInfo(self.info, index, &mut info)).ok()?;
            let read = ask!(self.host, CastTypeInfoToTensorInfo(info, &mut shape)).and_then(|()| {
                if shape.is_null() {
                    Ok(())
                } else {
                    ask!(self.host, GetDimensionsCount(shape, &mut rank))
                }
            });
            ((*self.host.api).ReleaseTypeInfo)(info);
            read.ok()?;
        }
        // The runtime says 0 for an unknown shape too.
        (rank > 0).then_some(rank)
    }

    pub fn float(&self, name: &CStr) -> Result<Option<f32>, Failure> {
        self.attribute(name, "a float", self.get_float(name))
    }

    pub fn int(&self, name: &CStr) -> Result<Option<i64>, Failure> {
        self.attribute(name, "an int", self.get_int(name))
    }

    pub fn string(&self, name: &CStr) -> Result<Option<String>, Failure> {
        self.attribute(name, "a string", self.get_string(name))
    }

    /// The runtime gives the same answer if the attribute is missing and if it has another type.  Only a missing one is legal,
    /// so this asks for every type.
    fn attribute<T>(&self, name: &CStr, wanted: &str, got: Result<T, Failure>) -> Result<Option<T>, Failure> {
        let Err(_) = got else {
            return got.map(Some);
        };
        let (mut floats, mut ints) = (0, 0);
        // SAFETY: without a buffer only the sizes are written to.
        let arrays = unsafe {
            let (info, name, none, nowhere) = (self.info, name.as_ptr(), null_mut(), null_mut());
            ask!(self.host, KernelInfoGetAttributeArray_float(info, name, none, &mut floats)).is_ok()
                || ask!(self.host, KernelInfoGetAttributeArray_int64(info, name, nowhere, &mut ints)).is_ok()
        };
        let found = match () {
            () if self.get_float(name).is_ok() => "a float",
            () if self.get_int(name).is_ok() => "an int",
            () if self.get_string(name).is_ok() => "a string",
            () if arrays => "an array",
            () => return Ok(None),
        };
        Err(Failure(format!("the attribute {} is {found}, and must be {wanted}", name.to_string_lossy())))
    }

    fn get_float(&self, name: &CStr) -> Result<f32, Failure> {
        let mut value = 0.0;
        // SAFETY: value is written to.
        unsafe { ask!(self.host, KernelInfoGetAttribute_float(self.info, name.as_ptr(), &mut value)) }.map(|()| value)
    }

    fn get_int(&self, name: &CStr) -> Result<i64, Failure> {
        let mut value = 0;
        // SAFETY: value is written to.
        unsafe { ask!(self.host, KernelInfoGetAttribute_int64(self.info, name.as_ptr(), &mut value)) }.map(|()| value)
    }

    fn get_string(&self, name: &CStr) -> Result<String, Failure> {
        read_text(|out, size| {
            // SAFETY: the runtime writes as many bytes as it said that there are.
            unsafe { ask!(self.host, KernelInfoGetAttribute_string(self.info, name.as_ptr(), out, size)) }
        })
    }
}

/// A text by the runtime's protocol: first its size, with the final zero, then its bytes.
fn read_text(get: impl Fn(*mut c_char, *mut usize) -> Result<(), Failure>) -> Result<String, Failure> {
    let mut size = 0;
    get(null_mut(), &mut size)?;
    let mut bytes = vec![0u8; size];
    get(bytes.as_mut_ptr().cast(), &mut size)?;
    bytes.truncate(size.saturating_sub(1));
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A tensor in the runtime's memory, of the type that the operator's table says.
pub struct Tensor {
    pub data: *mut c_void,
    pub dims: Vec<i64>,
}

impl Tensor {
    pub fn len(&self) -> usize {
        product(&self.dims)
    }
}

/// The number of elements of a shape.
pub fn product(dims: &[i64]) -> usize {
    dims.iter().map(|&dim| dim as usize).product()
}

/// A node's shapes, while a session is made.
pub struct Inference {
    host: Host,
    context: *mut OrtShapeInferContext,
}

impl Inference {
    /// # Safety
    /// `context` is the runtime's, and outlives this.
    pub unsafe fn new(host: Host, context: *mut OrtShapeInferContext) -> Inference {
        Inference { host, context }
    }

    pub fn has_attribute(&self, name: &CStr) -> bool {
        let mut attribute = null();
        // SAFETY: the runtime lends the attribute, which nothing is done with.
        unsafe { ask!(self.host, ShapeInferContext_GetAttribute(self.context, name.as_ptr(), &mut attribute)) }.is_ok()
    }

    /// Gives the output the shape of the first input, if the whole shape is known.
    pub fn copy_shape(&self) -> Result<(), Failure> {
        let mut shape = null_mut();
        // SAFETY: the runtime lends the shape for as long as the context lives, and copies it.
        unsafe {
            if ask!(self.host, ShapeInferContext_GetInputTypeShape(self.context, 0, &mut shape)).is_err() {
                return Ok(());
            }
            if self.is_known(shape)? {
                ask!(self.host, ShapeInferContext_SetOutputTypeShape(self.context, 0, shape))?;
            }
        }
        Ok(())
    }

    /// Whether a shape is really known.  The runtime gives a dimension without size and name as -1, and would accept the
    /// -1 as a size.  It gives a shape of unknown rank as that of a scalar.
    ///
    /// # Safety
    /// `shape` is the runtime's.
    unsafe fn is_known(&self, shape: *const OrtTensorTypeAndShapeInfo) -> Result<bool, Failure> {
        let mut rank = 0;
        // SAFETY: both arrays are as long as the runtime is told; the names live as long as the shape.
        unsafe {
            ask!(self.host, GetDimensionsCount(shape, &mut rank))?;
            let (mut dims, mut names) = (vec![0; rank], vec![null(); rank]);
            ask!(self.host, GetDimensions(shape, dims.as_mut_ptr(), rank))?;
            ask!(self.host, GetSymbolicDimensions(shape, names.as_mut_ptr(), rank))?;
            let named = |name: *const c_char| !name.is_null() && !CStr::from_ptr(name).is_empty();
            Ok(rank > 0 && dims.iter().zip(names).all(|(&dim, name)| dim >= 0 || named(name)))
        }
    }
}

/// One execution of a node.
pub struct Execution {
    host: Host,
    context: *mut OrtKernelContext,
}

impl Execution {
    /// # Safety
    /// `context` is the runtime's, of a node whose inputs and outputs are tensors, and outlives this.
    pub unsafe fn new(host: Host, context: *mut OrtKernelContext) -> Execution {
        Execution { host, context }
    }

    /// None if an optional input is missing.
    pub fn input(&self, index: usize) -> Result<Option<Tensor>, Failure> {
        let (mut value, mut info, mut rank, mut data) = (null(), null_mut(), 0, null_mut());
        // SAFETY: the pointers are the runtime's, and each is asked for before it is used; info is ours to free.
        unsafe {
            ask!(self.host, KernelContext_GetInput(self.context, index, &mut value))?;
            if value.is_null() {
                return Ok(None);
            }
            ask!(self.host, GetTensorMutableData(value.cast_mut(), &mut data))?;
            ask!(self.host, GetTensorTypeAndShape(value, &mut info))?;
            let mut dims = Vec::new();
            let read = ask!(self.host, GetDimensionsCount(info, &mut rank)).and_then(|()| {
                dims.resize(rank, 0);
                ask!(self.host, GetDimensions(info, dims.as_mut_ptr(), rank))
            });
            ((*self.host.api).ReleaseTensorTypeAndShapeInfo)(info);
            read.map(|()| Some(Tensor { data, dims }))
        }
    }

    /// The output's memory for this shape.
    pub fn output(&self, dims: &[i64]) -> Result<*mut c_void, Failure> {
        let (mut value, mut data) = (null_mut(), null_mut());
        // SAFETY: the runtime reads the dimensions, and gives memory for that many elements.
        unsafe {
            ask!(self.host, KernelContext_GetOutput(self.context, 0, dims.as_ptr(), dims.len(), &mut value))?;
            ask!(self.host, GetTensorMutableData(value, &mut data))?;
        }
        Ok(data)
    }

    /// Calls `work` with 0 ... count - 1 on the session's threads, once each, in any order.
    pub fn parallel(&self, count: usize, work: &(dyn Fn(usize) -> sys::actfn_status + Sync)) -> Result<(), Failure> {
        if count == 1 {
            return crate::catalogue::accept(work(0));
        }
        let job = Job { work, status: AtomicU32::new(sys::ACTFN_OK), panicked: AtomicU32::new(0) };
        let data = (&raw const job).cast_mut().cast();
        // SAFETY: the runtime returns when all calls have; until then the job lives.
        unsafe { ask!(self.host, KernelContext_ParallelFor(self.context, run, count, 0, data)) }?;
        if job.panicked.into_inner() != 0 {
            return Err(Failure::new("an internal error"));
        }
        crate::catalogue::accept(job.status.into_inner())
    }
}

struct Job<'a> {
    work: &'a (dyn Fn(usize) -> sys::actfn_status + Sync),
    status: AtomicU32,
    panicked: AtomicU32,
}

unsafe extern "C" fn run(job: *mut c_void, index: usize) {
    // SAFETY: the pointer that `parallel` gave, which only reads and atomics go through.
    let job = unsafe { &*job.cast::<Job>() };
    match catch_unwind(AssertUnwindSafe(|| (job.work)(index))) {
        Ok(sys::ACTFN_OK) => {}
        Ok(status) => job.status.store(status, Ordering::Relaxed),
        Err(_) => job.panicked.store(1, Ordering::Relaxed),
    }
}
