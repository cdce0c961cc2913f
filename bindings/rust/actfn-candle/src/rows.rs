// SPDX-License-Identifier: MIT

use crate::buffers::{by_type, elements, in_parts, part_of, same_shape, Number};
use actfn::{Axis, Mode, Op};
use candle_core::backend::BackendStorage;
use candle_core::shape::Dim;
use candle_core::{bail, CpuStorage, CustomOp1, CustomOp3, Layout, Result, Shape, Tensor};

/// A function of the rows along one dimension, such as softmax, with its gradient.
///
/// ```
/// use actfn_candle::{Op, Rows};
/// use candle_core::{Device, Tensor, D};
///
/// let scores = Tensor::new(&[[0f32, 0.], [1., 1.]], &Device::Cpu)?;
/// let weights = Rows::new(Op::Softmax).apply(&scores, D::Minus1)?;
/// assert_eq!(weights.to_vec2::<f32>()?, [[0.5, 0.5], [0.5, 0.5]]);
/// # Ok::<(), candle_core::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Rows {
    op: Op,
    mode: Mode,
    params: Vec<f32>,
    masked_rows_zero: bool,
}

impl Rows {
    /// The operation with its default parameters, in the fast mode.
    pub fn new(op: Op) -> Self {
        Rows { op, mode: Mode::Fast, params: Vec::new(), masked_rows_zero: false }
    }

    /// In that mode.
    pub fn mode(self, mode: Mode) -> Self {
        Rows { mode, ..self }
    }

    /// With these parameters, in the catalogue's order.
    pub fn params(self, params: &[f32]) -> Self {
        Rows { params: params.into(), ..self }
    }

    /// Rows that are completely -inf, such as fully masked rows of attention, give zeros and not NaN.
    pub fn masked_rows_zero(self) -> Self {
        Rows { masked_rows_zero: true, ..self }
    }

    /// A new tensor of the same shape, as part of the graph for candle's `backward`.
    ///
    /// # Errors
    /// If the tensor is not of F32, BF16 or F16 or not on the CPU, the dimension does not exist, the operation is of another family or
    /// gives one value for a row (as maxout), or a parameter is illegal.
    pub fn apply(&self, x: &Tensor, dim: impl Dim) -> Result<Tensor> {
        let dim = dim.to_index(x.shape(), self.op.name())?;
        if self.op.info().reduces {
            bail!("{}: gives one value for a row; softmax and its like keep the shape", self.op.name())
        }
        x.apply_op1(Along { rows: self.clone(), dim })
    }

    fn along<T: Number>(&self, axis: Axis) -> actfn::Rows<'_, T> {
        let rows = actfn::Rows::of(self.op, axis).mode(self.mode).params(&self.params);
        if self.masked_rows_zero {
            rows.masked_rows_zero()
        } else {
            rows
        }
    }
}

#[derive(Clone)]
struct Along {
    rows: Rows,
    dim: usize,
}

impl Along {
    /// The shape along the dimension, and the number of elements that are computed together: whole blocks of rows.
    fn blocks(&self, layout: &Layout) -> Result<(Axis, usize)> {
        let axis = Axis::of(layout.dims(), self.dim).map_err(candle_core::Error::wrap)?;
        Ok((axis, part_of(layout.shape().elem_count(), axis.len * axis.inner)))
    }

    fn part<T: Number>(&self, axis: Axis, part: usize) -> actfn::Rows<'_, T> {
        self.rows.along(Axis { outer: part / (axis.len * axis.inner).max(1), ..axis })
    }
}

impl Along {
    fn compute<T: Number>(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        let (axis, part) = self.blocks(layout)?;
        let x = elements::<T>(self.name(), x, layout)?;
        let mut y = vec![T::default(); x.len()];
        in_parts(&mut y, part, |at, y| self.part(axis, y.len()).forward(&x[at..at + y.len()], y))?;
        Ok((T::to_cpu_storage_owned(y), layout.shape().clone()))
    }
}

impl CustomOp1 for Along {
    fn name(&self) -> &'static str {
        self.rows.op.name()
    }

    fn cpu_fwd(&self, x: &CpuStorage, layout: &Layout) -> Result<(CpuStorage, Shape)> {
        by_type!(self.compute, x, self.name(), (x, layout))
    }

    fn bwd(&self, x: &Tensor, y: &Tensor, dy: &Tensor) -> Result<Option<Tensor>> {
        x.apply_op3_no_bwd(y, dy, &Gradient(self)).map(Some)
    }
}

/// dx from x, y and dy.
struct Gradient<'a>(&'a Along);

impl Gradient<'_> {
    fn compute<T: Number>(
        &self,
        x: &CpuStorage,
        x_at: &Layout,
        y: &CpuStorage,
        y_at: &Layout,
        dy: &CpuStorage,
        dy_at: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        let name = self.name();
        same_shape(name, &[x_at, y_at, dy_at])?;
        let (axis, part) = self.0.blocks(x_at)?;
        let (x, y, dy) =
            (elements::<T>(name, x, x_at)?, elements::<T>(name, y, y_at)?, elements::<T>(name, dy, dy_at)?);
        let mut dx = vec![T::default(); x.len()];
        in_parts(&mut dx, part, |at, dx| {
            let range = at..at + dx.len();
            let rows = self.0.part(axis, dx.len());
            rows.backward(Some(&x[range.clone()]), Some(&y[range.clone()]), &dy[range], dx)
        })?;
        Ok((T::to_cpu_storage_owned(dx), x_at.shape().clone()))
    }
}

impl CustomOp3 for Gradient<'_> {
    fn name(&self) -> &'static str {
        self.0.name()
    }

    fn cpu_fwd(
        &self,
        x: &CpuStorage,
        x_at: &Layout,
        y: &CpuStorage,
        y_at: &Layout,
        dy: &CpuStorage,
        dy_at: &Layout,
    ) -> Result<(CpuStorage, Shape)> {
        by_type!(self.compute, x, self.name(), (x, x_at, y, y_at, dy, dy_at))
    }
}
