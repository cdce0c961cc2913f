// SPDX-License-Identifier: MIT

use crate::buffers::{by_type, elements, in_parts, part_of, same_shape, Number};
use actfn::{Mode, Op};
use candle_core::backend::BackendStorage;
use candle_core::{CpuStorage, CustomOp1, CustomOp2, InplaceOp1, Layout, Module, Result, Shape, Tensor};
use std::borrow::Cow;

/// An activation function of single elements, with its gradient; also a [`Module`].
///
/// ```
/// use actfn_candle::{Elementwise, Op};
/// use candle_core::{Device, Tensor, Var};
///
/// let x = Var::new(&[-1f32, 0., 2.], &Device::Cpu)?;
/// let y = Elementwise::new(Op::LeakyRelu).params(&[0.25]).apply(&x)?;
/// let dx = y.sum_all()?.backward()?.get(&x).unwrap().to_vec1::<f32>()?;
/// assert_eq!((y.to_vec1::<f32>()?[0], dx[2]), (-0.25, 1.));
/// # Ok::<(), candle_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Elementwise {
    op: Op,
    mode: Mode,
    params: Vec<f32>,
}

impl Elementwise {
    /// The operation with its default parameters, in the fast mode.
    pub fn new(op: Op) -> Self {
        Elementwise { op, mode: Mode::Fast, params: Vec::new() }
    }

    /// In that mode.
    pub fn mode(self, mode: Mode) -> Self {
        Elementwise { mode, ..self }
    }

    /// With these parameters, in the catalogue's order.
    pub fn params(self, params: &[f32]) -> Self {
        Elementwise { params: params.into(), ..self }
    }

    /// A new tensor of the same shape, as part of the graph for candle's `backward`.
    ///
    /// # Errors
    /// If the tensor is not of F32, BF16 or F16 or not on the CPU, the operation is of another family, or a parameter is illegal.
    pub fn apply(&self, x: &Tensor) -> Result<Tensor> {
        x.apply_op1(self.clone())
    }

    /// Overwrites the tensor.  candle gives no gradient through this.
    ///
    /// # Errors
    /// Like [`apply`](Self::apply); also if the tensor is not contiguous.
    pub fn apply_in_place(&self, x: &Tensor) -> Result<()> {
        x.inplace_op1(self)
    }
}

impl Module for Elementwise {
    fn forward(&self, x: &Tensor) -> Result<Tensor> {
        self.apply(x)
    }
}

impl Elementwise {
    fn compute<T: Number>(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let part = part_of(layout.shape().elem_count(), 1);
        let y = match elements::<T>(self.op.name(), x, layout)? {
            Cow::Borrowed(x) => {
                let mut y = vec![T::default(); x.len()];
                in_parts(&mut y, part, |at, y| {
                    actfn::typed::forward(self.op, self.mode, &self.params, &x[at..at + y.len()], y)
                })?;
                y
            }
            Cow::Owned(mut x) => {
                in_parts(&mut x, part, |_, x| actfn::typed::forward_in_place(self.op, self.mode, &self.params, x))?;
                x
            }
        };
        Ok((T::to_cpu_storage_owned(y), layout.shape().clone()))
    }
}

impl CustomOp1 for Elementwise {
    fn name(&self) -> &'static str {
        self.op.name()
    }

    fn cpu_fwd(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        by_type!(self.compute, x, self.op.name(), (x, layout))
    }

    fn bwd(&self, x: &Tensor, _: &Tensor, dy: &Tensor) -> Result<Option<Tensor>> {
        x.apply_op2_no_bwd(dy, &Gradient(self)).map(Some)
    }
}

impl Elementwise {
    fn compute_in_place<T: Number>(&self, x: &mut CpuStorage, layout: &Layout) -> Result<()> {
        let name = self.op.name();
        let (Some(values), Some((from, to))) = (T::values_of(x), layout.contiguous_offsets()) else {
            candle_core::bail!("{name}: a contiguous tensor expected")
        };
        in_parts(&mut values[from..to], part_of(to - from, 1), |_, x| {
            actfn::typed::forward_in_place(self.op, self.mode, &self.params, x)
        })
    }
}

impl InplaceOp1 for Elementwise {
    fn name(&self) -> &'static str {
        self.op.name()
    }

    fn cpu_fwd(&self, x: &mut CpuStorage, layout: &Layout) -> Result<()> {
        by_type!(self.compute_in_place, x, self.op.name(), (x, layout))
    }
}

/// dx from x and dy.
struct Gradient<'a>(&'a Elementwise);

impl Gradient<'_> {
    fn compute<T: Number>(
        &self,
        x: &CpuStorage,
        x_at: &Layout,
        dy: &CpuStorage,
        dy_at: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let Elementwise { op, mode, params } = self.0;
        same_shape(op.name(), &[x_at, dy_at])?;
        let (x, dy) = (elements::<T>(op.name(), x, x_at)?, elements::<T>(op.name(), dy, dy_at)?);
        let mut dx = vec![T::default(); x.len()];
        in_parts(&mut dx, part_of(x.len(), 1), |at, dx| {
            let to = at + dx.len();
            actfn::typed::backward(*op, *mode, params, &x[at..to], &dy[at..to], dx)
        })?;
        Ok((T::to_cpu_storage_owned(dx), x_at.shape().clone()))
    }
}

impl CustomOp2 for Gradient<'_> {
    fn name(&self) -> &'static str {
        self.0.op.name()
    }

    fn cpu_fwd(&self, x: &CpuStorage, x_at: &Layout, dy: &CpuStorage, dy_at: &Layout) -> Result<(CpuStorage, Shape)> {
        by_type!(self.compute, x, self.0.op.name(), (x, x_at, dy, dy_at))
    }
}
