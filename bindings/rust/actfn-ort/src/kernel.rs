// SPDX-License-Identifier: MIT
//! The computation of a node: its attributes, which are read when the session is made, and the call of the library on ONNX
//! Runtime's tensors.

use crate::catalogue::{pointer, Operation};
use crate::element::{call, Element};
use crate::host::{product, Execution, Failure, Node, Tensor};
use actfn_sys as sys;
use std::ffi::c_void;

/// Elements in a thread's piece of work: some ten microseconds, and both buffers fit into the second-level cache.
const PIECE: usize = 1 << 14;

pub struct Kernel {
    operation: &'static Operation,
    element: Element,
    title: String,
    mode: sys::actfn_mode,
    params: Vec<f32>,
    form: Form,
}

enum Form {
    Elementwise,
    Rows(Rows),
    Gates,
    PackedGates { axis: i64, layout: sys::actfn_gate_layout },
    Channels { axis: i64 },
}

#[derive(Clone, Copy)]
struct Rows {
    axis: i64,
    flags: u32,
    /// A row is all axes from `axis` on.
    flatten: bool,
    keep: bool,
}

impl Kernel {
    pub fn new(operation: &'static Operation, element: Element, node: &Node) -> Result<Kernel, Failure> {
        let title = format!("ai.actfn {}, node \"{}\"", operation.name.to_string_lossy(), node.name());
        Kernel::read(operation, element, node, &title).map_err(|failure| failure.about(&title))
    }

    fn read(operation: &'static Operation, element: Element, node: &Node, title: &str) -> Result<Kernel, Failure> {
        let mode = match node.string(c"mode")?.as_deref() {
            None | Some("fast") => sys::ACTFN_FAST,
            Some("accurate" | "reproducible") => sys::ACTFN_ACCURATE,
            Some(other) => {
                let text = format!("the attribute mode is \"{other}\", and must be \"accurate\" or \"fast\"");
                return Err(Failure::new(text));
            }
        };
        let mut params = Vec::new();
        for parameter in operation.parameters.iter().filter(|parameter| !parameter.array) {
            let missing = || Failure::new(format!("the attribute {} is missing", parameter.name.to_string_lossy()));
            params.push(node.float(parameter.name)?.or(parameter.default).ok_or_else(missing)?);
        }
        let form = Form::read(operation, node)?;
        operation.check(mode, &params)?;
        Ok(Kernel { operation, element, title: title.to_owned(), mode, params, form })
    }

    pub fn compute(&self, execution: &Execution) -> Result<(), Failure> {
        self.run(execution).map_err(|failure| failure.about(&self.title))
    }

    fn run(&self, execution: &Execution) -> Result<(), Failure> {
        let x = required(execution, 0)?;
        match self.form {
            Form::Elementwise => self.elementwise(execution, &x),
            Form::Rows(rows) => self.rows(execution, &x, rows),
            Form::Gates => self.gates(execution, &x),
            Form::PackedGates { axis, layout } => self.packed_gates(execution, &x, axis, layout),
            Form::Channels { axis } => self.channels(execution, &x, axis),
        }
    }

    fn buffer(&self, data: *mut c_void) -> Buffer {
        Buffer { data: data.cast(), size: self.element.size() }
    }

    fn elementwise(&self, execution: &Execution, x: &Tensor) -> Result<(), Failure> {
        let (op, mode, params) = (self.operation.op, self.mode, self.params.as_slice());
        let (from, to) = (self.buffer(x.data), self.buffer(execution.output(&x.dims)?));
        pieces(execution, x.len(), 1, |start, n| {
            // SAFETY: both tensors have the shape of x, and start + n is at most its number of elements.
            unsafe {
                call!(
                    self.element,
                    [actfn_forward_f32, actfn_forward_bf16, actfn_forward_f16],
                    (op, mode, pointer(params), n, from.at(start).cast(), to.at(start).cast())
                )
            }
        })
    }

    fn rows(&self, execution: &Execution, x: &Tensor, rows: Rows) -> Result<(), Failure> {
        let (op, mode, params) = (self.operation.op, self.mode, self.params.as_slice());
        let Rows { axis, flags, flatten, keep } = rows;
        let (at, [outer, n, inner]) = split(&x.dims, axis)?;
        let (n, inner) = if flatten { (n * inner, 1) } else { (n, inner) };
        if n == 0 && op == sys::ACTFN_MAXOUT {
            return Err(Failure::new(format!("axis {axis} of Input0 has no entries, and so no maximum")));
        }
        let mut dims = x.dims.clone();
        if self.operation.reduces {
            dims[at] = 1;
            if !keep {
                dims.remove(at);
            }
        }
        let row = if self.operation.reduces { inner } else { n * inner };
        let (from, to) = (self.buffer(x.data), self.buffer(execution.output(&dims)?));
        pieces(execution, outer, n * inner, |start, outer| {
            let (x, y) = (from.at(start * n * inner), to.at(start * row));
            // SAFETY: x holds all rows from `start` on, and y has their shape, or one value for each where they reduce.
            unsafe {
                call!(
                    self.element,
                    [actfn_rows_forward_f32, actfn_rows_forward_bf16, actfn_rows_forward_f16],
                    (op, mode, pointer(params), flags, outer, n, inner, x.cast(), y.cast())
                )
            }
        })
    }

    fn gates(&self, execution: &Execution, u: &Tensor) -> Result<(), Failure> {
        let (op, mode, params) = (self.operation.op, self.mode, self.params.as_slice());
        let v = required(execution, 1)?;
        if u.dims != v.dims {
            return Err(Failure::new(format!("Input0 is {:?}, and Input1 {:?}: one shape is asked", u.dims, v.dims)));
        }
        let (gate, value) = (self.buffer(u.data), self.buffer(v.data));
        let to = self.buffer(execution.output(&u.dims)?);
        pieces(execution, u.len(), 1, |start, n| {
            let (u, v, y) = (gate.at(start), value.at(start), to.at(start));
            // SAFETY: the three tensors have one shape, and start + n is at most its number of elements.
            unsafe {
                call!(
                    self.element,
                    [actfn_gates_forward_f32, actfn_gates_forward_bf16, actfn_gates_forward_f16],
                    (op, mode, pointer(params), 1, n, u.cast(), n, v.cast(), n, y.cast(), n)
                )
            }
        })
    }

    fn packed_gates(
        &self,
        execution: &Execution,
        x: &Tensor,
        axis: i64,
        layout: sys::actfn_gate_layout,
    ) -> Result<(), Failure> {
        let (op, mode, params) = (self.operation.op, self.mode, self.params.as_slice());
        let (at, [outer, n, inner]) = split(&x.dims, axis)?;
        if n % 2 != 0 {
            return Err(Failure::new(format!("axis {axis} of Input0 has {n} entries, and must have an even number")));
        }
        let mut dims = x.dims.clone();
        dims[at] /= 2;
        // The halves of an axis are the halves of the elements in it and the axes behind it.
        let width = n * inner;
        let (from, to) = (self.buffer(x.data), self.buffer(execution.output(&dims)?));
        pieces(execution, outer, width, |start, rows| {
            let (x, y) = (from.at(start * width), to.at(start * (width / 2)));
            // SAFETY: x holds all rows from `start` on, and y the same number of half the width.
            unsafe {
                call!(
                    self.element,
                    [actfn_gates_packed_forward_f32, actfn_gates_packed_forward_bf16, actfn_gates_packed_forward_f16],
                    (op, mode, pointer(params), layout, rows, width, x.cast(), y.cast())
                )
            }
        })
    }

    fn channels(&self, execution: &Execution, x: &Tensor, axis: i64) -> Result<(), Failure> {
        let (op, mode) = (self.operation.op, self.mode);
        let mut weights = Vec::new();
        let mut counts = Vec::new();
        for index in 1..=self.operation.parameters.len() {
            let weight = required(execution, index)?;
            counts.push(weight.len());
            weights.push(weight.data.cast_const().cast());
        }
        let count = counts[0];
        // A single weight is for all elements, whatever the shape.
        let [outer, channels, inner] = if count == 1 { [1, 1, x.len()] } else { split(&x.dims, axis)?.1 };
        if counts.iter().any(|&other| other != count) || channels == 0 || count % channels != 0 {
            let text = format!("the weights have {counts:?} elements, and axis {axis} of Input0 {channels}");
            return Err(Failure::new(text));
        }
        let terms = count / channels;
        let weights = Pointers(weights);
        let (from, to) = (self.buffer(x.data), self.buffer(execution.output(&x.dims)?));
        // With a single weight a piece may be any elements; otherwise it is whole samples.
        let (units, size) = if channels == 1 && outer == 1 { (inner, 1) } else { (outer, channels * inner) };
        let computed = pieces(execution, units, size, |start, units| {
            let (outer, inner) = if size == 1 { (1, units) } else { (units, inner) };
            let (weights, x, y) = (weights.get(), from.at(start * size).cast(), to.at(start * size).cast());
            // SAFETY: each array has terms * channels weights, and x and y hold `units` units from `start` on.
            unsafe { sys::actfn_channels_forward_f32(op, mode, outer, channels, inner, terms, weights, x, y) }
        });
        computed.map_err(|failure| failure.about(&format!("{count} elements a weight, {channels} channels")))
    }
}

impl Form {
    fn read(operation: &Operation, node: &Node) -> Result<Form, Failure> {
        let axis = |default| {
            let axis = node.int(c"axis")?.unwrap_or(default);
            node.rank(0).map_or(Ok(axis), |rank| axis_of(rank, axis).map(|_| axis))
        };
        match operation.family {
            sys::ACTFN_FAMILY_ROWS => {
                let flatten = switch(node, c"flatten", false)?;
                if flatten && operation.reduces {
                    let text = "the attribute flatten is for operations whose result has the shape of their input";
                    return Err(Failure::new(text));
                }
                Ok(Form::Rows(Rows {
                    axis: axis(-1)?,
                    flags: if switch(node, c"masked_rows_zero", false)? { sys::ACTFN_MASKED_ROWS_ZERO } else { 0 },
                    flatten,
                    keep: switch(node, c"keepdims", true)?,
                }))
            }
            sys::ACTFN_FAMILY_GATES => match (node.has_input(1), node.string(c"gate")?.as_deref()) {
                (true, None) => Ok(Form::Gates),
                (false, Some("first")) => Ok(Form::PackedGates { axis: axis(-1)?, layout: sys::ACTFN_GATE_FIRST }),
                (false, Some("last")) => Ok(Form::PackedGates { axis: axis(-1)?, layout: sys::ACTFN_GATE_LAST }),
                (true, Some(_)) => Err(Failure::new("the attribute gate is for one packed input, and there are two")),
                (false, _) => Err(Failure::new(
                    "with one packed input the attribute gate must be \"first\" or \"last\": which half is the gate",
                )),
            },
            sys::ACTFN_FAMILY_CHANNELS => Ok(Form::Channels { axis: axis(1)? }),
            _ => Ok(Form::Elementwise),
        }
    }
}

fn switch(node: &Node, name: &std::ffi::CStr, default: bool) -> Result<bool, Failure> {
    match node.int(name)? {
        None => Ok(default),
        Some(value @ 0..=1) => Ok(value == 1),
        Some(value) => {
            Err(Failure::new(format!("the attribute {} is {value}, and must be 0 or 1", name.to_string_lossy())))
        }
    }
}

fn required(execution: &Execution, index: usize) -> Result<Tensor, Failure> {
    execution.input(index)?.ok_or_else(|| Failure::new(format!("Input{index} is missing")))
}

/// The axis counted from 0.
fn axis_of(rank: usize, axis: i64) -> Result<usize, Failure> {
    let rank = rank as i64;
    if !(-rank..rank).contains(&axis) {
        return Err(Failure::new(format!("the attribute axis is {axis}, and Input0 has {rank} dimensions")));
    }
    Ok(axis.rem_euclid(rank) as usize)
}

/// The axis counted from 0, and the shape as (before it, it, behind it).
fn split(dims: &[i64], axis: i64) -> Result<(usize, [usize; 3]), Failure> {
    let at = axis_of(dims.len(), axis)?;
    Ok((at, [product(&dims[..at]), dims[at] as usize, product(&dims[at + 1..])]))
}

/// Calls `work(start, count)` for all of `units` units of `size` elements, on the session's threads if that is worth it.  The
/// bits do not depend on the split.
fn pieces(
    execution: &Execution,
    units: usize,
    size: usize,
    work: impl Fn(usize, usize) -> sys::actfn_status + Sync,
) -> Result<(), Failure> {
    let each = usize::max(PIECE / usize::max(size, 1), 1);
    let count = if units < 2 * each { 1 } else { units.div_ceil(each) };
    execution.parallel(count, &|index| {
        let start = index * each;
        work(start, if count == 1 { units } else { usize::min(each, units - start) })
    })
}

/// A tensor's memory, for several threads.
#[derive(Clone, Copy)]
struct Buffer {
    data: *mut u8,
    /// Of an element, in bytes.
    size: usize,
}

// SAFETY: the runtime keeps tensors for as long as a node executes, and each piece of work writes to a part of its own.
unsafe impl Sync for Buffer {}

impl Buffer {
    /// The address of an element.
    fn at(&self, index: usize) -> *mut u8 {
        // In bounds wherever it is used; wrapping, because an empty tensor may have no memory.
        self.data.wrapping_add(index * self.size)
    }
}

/// The weights' arrays, for several threads.
struct Pointers(Vec<*const f32>);

// SAFETY: inputs of the node, which nobody writes to while it executes.
unsafe impl Sync for Pointers {}

impl Pointers {
    fn get(&self) -> *const *const f32 {
        self.0.as_ptr()
    }
}
