// SPDX-License-Identifier: MIT

use crate::buffers::{by_type, elements, in_parts, part_of, same_shape, Number};
use actfn::{GateLayout, Mode, Op};
use candle_core::backend::BackendStorage;
use candle_core::{bail, CpuStorage, CustomOp1, CustomOp2, CustomOp3, Layout, Result, Shape, Tensor};

/// A gated linear unit, g(u) v: swiglu, geglu and others, with both gradients.
///
/// ```
/// use actfn_candle::{Gate, GateLayout, Op};
/// use candle_core::{Device, Tensor};
///
/// let u = Tensor::new(&[0f32, 1.], &Device::Cpu)?;
/// let v = Tensor::new(&[5f32, 2.], &Device::Cpu)?;
/// let y = Gate::new(Op::Reglu).apply(&u, &v)?;
/// assert_eq!(y.to_vec1::<f32>()?, [0., 2.]);
/// let halves = Tensor::cat(&[&u, &v], 0)?;
/// let same = Gate::new(Op::Reglu).apply_packed(&halves, GateLayout::First)?;
/// assert_eq!(same.to_vec1::<f32>()?, [0., 2.]);
/// # Ok::<(), candle_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Gate {
    op: Op,
    mode: Mode,
    params: Vec<f32>,
}

impl Gate {
    /// The operation with its default parameters, in the fast mode.
    pub fn new(op: Op) -> Self {
        Gate { op, mode: Mode::Fast, params: Vec::new() }
    }

    /// In that mode.
    pub fn mode(self, mode: Mode) -> Self {
        Gate { mode, ..self }
    }

    /// With these parameters, in the catalogue's order.
    pub fn params(self, params: &[f32]) -> Self {
        Gate { params: params.into(), ..self }
    }

    /// g(u) v for tensors of the same shape, as part of the graph for candle's `backward`.
    ///
    /// # Errors
    /// If shapes differ, a tensor is not of F32, BF16 or F16 or not on the CPU, types differ, the operation is of another family, or a parameter is
    /// illegal.
    pub fn apply(&self, u: &Tensor, v: &Tensor) -> Result<Tensor> {
        u.apply_op2(v, self.clone())
    }

    /// The same for one tensor whose last dimension holds u and v one after the other, in the order of `layout`.
    ///
    /// # Errors
    /// Like [`apply`](Self::apply); also if the last dimension is odd or missing.
    pub fn apply_packed(&self, x: &Tensor, layout: GateLayout) -> Result<Tensor> {
        x.apply_op1(Packed { gate: self.clone(), layout })
    }

    fn gates<T: Number>(&self) -> actfn::Gates<'_, T> {
        actfn::Gates::of(self.op).mode(self.mode).params(&self.params)
    }
}

impl Gate {
    fn compute<T: Number>(
        &self,
        u: &CpuStorage,
        u_at: &Layout,
        v: &CpuStorage,
        v_at: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let name = self.name();
        same_shape(name, &[u_at, v_at])?;
        let (u, v) = (elements::<T>(name, u, u_at)?, elements::<T>(name, v, v_at)?);
        let mut y = vec![T::default(); u.len()];
        in_parts(&mut y, part_of(u.len(), 1), |at, y| {
            self.gates().forward(&u[at..at + y.len()], &v[at..at + y.len()], y)
        })?;
        Ok((T::to_cpu_storage_owned(y), u_at.shape().clone()))
    }
}

impl CustomOp2 for Gate {
    fn name(&self) -> &'static str {
        self.op.name()
    }

    fn cpu_fwd(&self, u: &CpuStorage, u_at: &Layout, v: &CpuStorage, v_at: &Layout) -> Result<(CpuStorage, Shape)> {
        by_type!(self.compute, u, self.name(), (u, u_at, v, v_at))
    }

    fn bwd(&self, u: &Tensor, v: &Tensor, _: &Tensor, dy: &Tensor) -> Result<(Option<Tensor>, Option<Tensor>)> {
        let both = u.apply_op3_no_bwd(v, dy, &Gradients(self))?;
        Ok((Some(both.get(0)?), Some(both.get(1)?)))
    }
}

/// du and dv in one tensor, one after the other: an operation of candle has one result, and one pass computes both.
struct Gradients<'a>(&'a Gate);

impl Gradients<'_> {
    fn compute<T: Number>(
        &self,
        u: &CpuStorage,
        u_at: &Layout,
        v: &CpuStorage,
        v_at: &Layout,
        dy: &CpuStorage,
        dy_at: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let name = self.name();
        same_shape(name, &[u_at, v_at, dy_at])?;
        let (u, v, dy) =
            (elements::<T>(name, u, u_at)?, elements::<T>(name, v, v_at)?, elements::<T>(name, dy, dy_at)?);
        let mut both = vec![T::default(); 2 * u.len()];
        let (du, dv) = both.split_at_mut(u.len());
        self.0.gates().backward(&u, &v, &dy, Some(du), Some(dv)).map_err(candle_core::Error::wrap)?;
        Ok((T::to_cpu_storage_owned(both), [&[2], u_at.dims()].concat().into()))
    }
}

impl CustomOp3 for Gradients<'_> {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn cpu_fwd(
        &self,
        u: &CpuStorage,
        u_at: &Layout,
        v: &CpuStorage,
        v_at: &Layout,
        dy: &CpuStorage,
        dy_at: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        by_type!(self.compute, u, self.name(), (u, u_at, v, v_at, dy, dy_at))
    }
}

#[derive(Clone)]
struct Packed {
    gate: Gate,
    layout: GateLayout,
}

impl Packed {
    /// The length of the last dimension.
    fn width(&self, shape: &Shape) -> Result<usize> {
        match shape.dims().last() {
            Some(width) if width % 2 == 0 => Ok(*width),
            _ => bail!("{}: two halves expected in the last dimension of {shape:?}", self.gate.op.name()),
        }
    }
}

impl Packed {
    fn compute<T: Number>(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let width = self.width(layout.shape())?;
        let x = elements::<T>(self.name(), x, layout)?;
        let mut y = vec![T::default(); x.len() / 2];
        in_parts(&mut y, part_of(x.len() / 2, width / 2), |at, y| {
            self.gate.gates().packed_forward(self.layout, width, &x[2 * at..2 * (at + y.len())], y)
        })?;
        let mut dims = layout.dims().to_vec();
        if let Some(last) = dims.last_mut() {
            *last /= 2;
        }
        Ok((T::to_cpu_storage_owned(y), dims.into()))
    }
}

impl CustomOp1 for Packed {
    fn name(&self) -> &'static str {
        self.gate.op.name()
    }

    fn cpu_fwd(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        by_type!(self.compute, x, self.name(), (x, layout))
    }

    fn bwd(&self, x: &Tensor, _: &Tensor, dy: &Tensor) -> Result<Option<Tensor>> {
        x.apply_op2_no_bwd(dy, &PackedGradient(self)).map(Some)
    }
}

/// dx from x and dy.
struct PackedGradient<'a>(&'a Packed);

impl PackedGradient<'_> {
    fn compute<T: Number>(
        &self,
        x: &CpuStorage,
        x_at: &Layout,
        dy: &CpuStorage,
        dy_at: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let width = self.0.width(x_at.shape())?;
        let (x, dy) = (elements::<T>(self.name(), x, x_at)?, elements::<T>(self.name(), dy, dy_at)?);
        let mut dx = vec![T::default(); x.len()];
        in_parts(&mut dx, part_of(x.len(), width), |at, dx| {
            let (to, half) = (at + dx.len(), at / 2);
            self.0.gate.gates().packed_backward(self.0.layout, width, &x[at..to], &dy[half..to / 2], dx)
        })?;
        Ok((T::to_cpu_storage_owned(dx), x_at.shape().clone()))
    }
}

impl CustomOp2 for PackedGradient<'_> {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn cpu_fwd(&self, x: &CpuStorage, x_at: &Layout, dy: &CpuStorage, dy_at: &Layout) -> Result<(CpuStorage, Shape)> {
        by_type!(self.compute, x, self.name(), (x, x_at, dy, dy_at))
    }
}
