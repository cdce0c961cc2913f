// SPDX-License-Identifier: MIT
//! Gated linear units.

use crate::buffer::{cells, optional_out, params_of, In, Out};
use crate::error::check;
use crate::{Element, Error, Mode, Op, Result};
use actfn_sys as sys;
use std::cell::Cell;
use std::marker::PhantomData;

/// Which half of a packed row is the gate.  The peers disagree, so there is no default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum GateLayout {
    /// ggml, ONNX SwiGLU, the gate/up halves of Llama.
    First,
    /// glu of PyTorch, JAX and Keras; ggml's "swapped".
    Last,
}

impl GateLayout {
    fn raw(self) -> sys::actfn_gate_layout {
        match self {
            GateLayout::First => sys::ACTFN_GATE_FIRST,
            GateLayout::Last => sys::ACTFN_GATE_LAST,
        }
    }
}

/// `y = v g(u)`, u being the gate, which goes through an activation, and v the value: [`Op::Glu`], [`Op::Reglu`],
/// [`Op::Geglu`], [`Op::GegluTanh`], [`Op::GegluQuick`], [`Op::Swiglu`], [`Op::SwigluOai`].
///
/// ```
/// use actfn::{GateLayout, Gates, Op};
/// let mut y = [0.0; 2];
/// Gates::new(Op::Reglu).forward(&[1.0, -1.0], &[5.0, 6.0], &mut y)?;
/// assert_eq!(y, [5.0, 0.0]);
///
/// // Rows with gate and value side by side.
/// let x = [1.0, -1.0, 5.0, 6.0];
/// Gates::new(Op::Reglu).packed_forward(GateLayout::First, 4, &x, &mut y)?;
/// assert_eq!(y, [5.0, 0.0]);
/// # Ok::<(), actfn::Error>(())
/// ```
///
/// # Errors
/// All forms answer with [`Error::NotOffered`] where the operation is of another family, `Length`, `Param`, `Relation`,
/// `Shape` (a stride, an odd width).
#[derive(Clone, Copy, Debug, PartialEq)]
#[must_use = "nothing is computed before a form is called"]
pub struct Gates<'a, T = f32> {
    op: Op,
    mode: Mode,
    params: &'a [f32],
    element: PhantomData<T>,
}

/// Rows that lie `stride` elements apart.
#[derive(Clone, Copy, Debug)]
pub struct Strided<'a, T: Element = f32> {
    /// The first element of the first row to at least the last of the last.
    pub cells: &'a [Cell<T>],
    /// The distance from one row to the next, at least a row's length where there is more than one.
    pub stride: usize,
}

/// What [`Gates::backward_strided`] reads and writes.
#[derive(Clone, Copy, Debug)]
pub struct StridedGradients<'a, T: Element = f32> {
    /// The gate.
    pub u: Strided<'a, T>,
    /// The value.
    pub v: Strided<'a, T>,
    /// The gradient of the result.
    pub dy: Strided<'a, T>,
    /// The gate's gradient, if it is wanted.
    pub du: Option<Strided<'a, T>>,
    /// The value's gradient, if it is wanted.
    pub dv: Option<Strided<'a, T>>,
}

impl<T: Element> Strided<'_, T> {
    /// Whether the rows lie inside.
    fn holds(self, argument: &'static str, rows: usize, n: usize) -> Result<Self> {
        if rows == 0 || n == 0 {
            return Ok(self);
        }
        let last = (rows - 1).checked_mul(self.stride).ok_or(Error::Size)?;
        let expected = last.checked_add(n).ok_or(Error::Size)?;
        if self.cells.len() < expected {
            return Err(Error::Length { argument, expected, found: self.cells.len() });
        }
        Ok(self)
    }

    fn input(self) -> *const T::Raw {
        In::from(self.cells).start()
    }

    fn output(self) -> *mut T::Raw {
        Out::from(self.cells).start()
    }
}

impl<'a> Gates<'a> {
    /// Of `f32`, in the fast mode, with the default parameters.
    pub const fn new(op: Op) -> Gates<'a> {
        Gates::of(op)
    }
}

impl<'a, T: Element> Gates<'a, T> {
    /// Of any [`Element`], in the fast mode, with the default parameters.
    pub const fn of(op: Op) -> Gates<'a, T> {
        Gates { op, mode: Mode::Fast, params: &[], element: PhantomData }
    }

    /// In that mode.
    pub const fn mode(self, mode: Mode) -> Self {
        Gates { mode, ..self }
    }

    /// With parameters, in the catalogue's order.
    pub const fn params(self, params: &'a [f32]) -> Self {
        Gates { params, ..self }
    }

    /// `y[i] = v[i] g(u[i])`.
    ///
    /// # Errors
    /// See [`Gates`].
    pub fn forward(&self, u: &[T], v: &[T], y: &mut [T]) -> Result<()> {
        self.forward_any(u.into(), v.into(), y.into())
    }

    /// [`forward`](Self::forward), written over the gate.
    ///
    /// # Errors
    /// See [`Gates`].
    pub fn forward_in_place(&self, u: &mut [T], v: &[T]) -> Result<()> {
        let u = cells(u);
        self.forward_any(u.into(), v.into(), u.into())
    }

    fn forward_any(&self, u: In<'_, T>, v: In<'_, T>, y: Out<'_, T>) -> Result<()> {
        let (n, p) = (u.len(), params_of(self.op, self.params)?);
        let (v, y) = (v.of("v", n)?, y.of("y", n)?);
        // SAFETY: one row of n elements each; as many parameters as the operation has, or NULL.
        let status = unsafe { (T::GATES_FORWARD)(self.op.raw(), self.mode.raw(), p, 1, n, u.start(), n, v, n, y, n) };
        check(status, self.op, self.params, "")
    }

    /// `du[i] = dy[i] v[i] g'(u[i])` and `dv[i] = dy[i] g(u[i])`, each if it is wanted.
    ///
    /// # Errors
    /// See [`Gates`].
    pub fn backward(&self, u: &[T], v: &[T], dy: &[T], du: Option<&mut [T]>, dv: Option<&mut [T]>) -> Result<()> {
        self.backward_any(u.into(), v.into(), dy.into(), du.map(Out::from), dv.map(Out::from))
    }

    /// [`backward`](Self::backward) with `du` written over `u`, and `dv` over `v`.
    ///
    /// # Errors
    /// See [`Gates`].
    pub fn backward_in_place(&self, u: &mut [T], v: &mut [T], dy: &[T]) -> Result<()> {
        let (u, v) = (cells(u), cells(v));
        self.backward_any(u.into(), v.into(), dy.into(), Some(u.into()), Some(v.into()))
    }

    fn backward_any(
        &self,
        u: In<'_, T>,
        v: In<'_, T>,
        dy: In<'_, T>,
        du: Option<Out<'_, T>>,
        dv: Option<Out<'_, T>>,
    ) -> Result<()> {
        let (n, p) = (u.len(), params_of(self.op, self.params)?);
        let (v, dy) = (v.of("v", n)?, dy.of("dy", n)?);
        let (du, dv) = (optional_out(du, "du", n)?, optional_out(dv, "dv", n)?);
        let (op, mode) = (self.op.raw(), self.mode.raw());
        // SAFETY: one row of n elements each, or NULL where it is not wanted; parameters as in forward.
        let status = unsafe { (T::GATES_BACKWARD)(op, mode, p, 1, n, u.start(), n, v, n, dy, n, du, n, dv, n) };
        check(status, self.op, self.params, "")
    }

    /// [`forward`](Self::forward) of `rows` rows of `n` elements, each buffer with a stride of its own.  `y` may be `u`
    /// or `v`, or lie between their rows.
    ///
    /// # Errors
    /// See [`Gates`], and [`Error::Overlap`].
    pub fn forward_strided(&self, rows: usize, n: usize, u: Strided<T>, v: Strided<T>, y: Strided<T>) -> Result<()> {
        let (op, mode, p) = (self.op.raw(), self.mode.raw(), params_of(self.op, self.params)?);
        let (u, v, y) = (u.holds("u", rows, n)?, v.holds("v", rows, n)?, y.holds("y", rows, n)?);
        // SAFETY: the last row ends inside of each buffer; as many parameters as the operation has, or NULL.
        let status = unsafe {
            (T::GATES_FORWARD)(op, mode, p, rows, n, u.input(), u.stride, v.input(), v.stride, y.output(), y.stride)
        };
        check(status, self.op, self.params, "stride")
    }

    /// [`backward`](Self::backward) of `rows` rows of `n` elements, each buffer with a stride of its own.  `du` and
    /// `dv` may be `dy`, `u` or `v`, or lie between the rows of others.
    ///
    /// # Errors
    /// See [`Gates`], and [`Error::Overlap`].
    pub fn backward_strided(&self, rows: usize, n: usize, buffers: StridedGradients<T>) -> Result<()> {
        let (op, mode, p) = (self.op.raw(), self.mode.raw(), params_of(self.op, self.params)?);
        let StridedGradients { u, v, dy, du, dv } = buffers;
        let (u, v, dy) = (u.holds("u", rows, n)?, v.holds("v", rows, n)?, dy.holds("dy", rows, n)?);
        let wanted = |gradient: Option<Strided<T>>, argument| match gradient {
            Some(gradient) => gradient.holds(argument, rows, n).map(|held| (held.output(), held.stride)),
            None => Ok((std::ptr::null_mut(), n)),
        };
        let ((du, du_stride), (dv, dv_stride)) = (wanted(du, "du")?, wanted(dv, "dv")?);
        // SAFETY: the last row ends inside of each buffer, or it is NULL; parameters as in forward.
        let status = unsafe {
            (T::GATES_BACKWARD)(
                op,
                mode,
                p,
                rows,
                n,
                u.input(),
                u.stride,
                v.input(),
                v.stride,
                dy.input(),
                dy.stride,
                du,
                du_stride,
                dv,
                dv_stride,
            )
        };
        check(status, self.op, self.params, "stride")
    }

    /// [`forward`](Self::forward) of packed rows: `x` is rows of `width` elements, gate and value side by side; `y` is
    /// rows of half that.
    ///
    /// # Errors
    /// See [`Gates`]; `Shape` also where `x` is not whole rows.
    pub fn packed_forward(&self, layout: GateLayout, width: usize, x: &[T], y: &mut [T]) -> Result<()> {
        let (p, rows) = (params_of(self.op, self.params)?, packed_rows(width, x.len())?);
        let y = Out::from(y).of("y", x.len() / 2)?;
        let (op, mode) = (self.op.raw(), self.mode.raw());
        // SAFETY: x is rows of that width and y of half of it; parameters as in forward.
        let status =
            unsafe { (T::GATES_PACKED_FORWARD)(op, mode, p, layout.raw(), rows, width, In::from(x).start(), y) };
        check(status, self.op, self.params, "width")
    }

    /// The gradient of [`packed_forward`](Self::packed_forward): `dx` is rows like `x`.
    ///
    /// # Errors
    /// See [`packed_forward`](Self::packed_forward).
    pub fn packed_backward(&self, layout: GateLayout, width: usize, x: &[T], dy: &[T], dx: &mut [T]) -> Result<()> {
        self.packed_backward_any(layout, width, x.into(), dy.into(), dx.into())
    }

    /// [`packed_backward`](Self::packed_backward) with `dx` written over `x`.
    ///
    /// # Errors
    /// See [`packed_forward`](Self::packed_forward).
    pub fn packed_backward_in_place(&self, layout: GateLayout, width: usize, x: &mut [T], dy: &[T]) -> Result<()> {
        let x = cells(x);
        self.packed_backward_any(layout, width, x.into(), dy.into(), x.into())
    }

    fn packed_backward_any(
        &self,
        layout: GateLayout,
        width: usize,
        x: In<'_, T>,
        dy: In<'_, T>,
        dx: Out<'_, T>,
    ) -> Result<()> {
        let (p, rows) = (params_of(self.op, self.params)?, packed_rows(width, x.len())?);
        let (dy, dx) = (dy.of("dy", x.len() / 2)?, dx.of("dx", x.len())?);
        let (op, mode, layout) = (self.op.raw(), self.mode.raw(), layout.raw());
        // SAFETY: x and dx are rows of that width and dy of half of it; parameters as in forward.
        let status = unsafe { (T::GATES_PACKED_BACKWARD)(op, mode, p, layout, rows, width, x.start(), dy, dx) };
        check(status, self.op, self.params, "width")
    }
}

/// How many rows of that width there are.
fn packed_rows(width: usize, elements: usize) -> Result<usize> {
    let whole = width % 2 == 0 && if width == 0 { elements == 0 } else { elements % width == 0 };
    if whole {
        Ok(elements.checked_div(width).unwrap_or(0))
    } else {
        Err(Error::Shape { argument: "width" })
    }
}
