// SPDX-License-Identifier: MIT
//! A transformer block that gets its activations from outside: candle's own, or libactfn's.

use actfn_candle::{Elementwise, Gate, Mode, Op, Rows};
use candle_core::{DType, Device, Result, Tensor, D};

pub trait Activations {
    fn gelu(&self, x: &Tensor) -> Result<Tensor>;
    fn silu(&self, x: &Tensor) -> Result<Tensor>;
    fn swiglu(&self, u: &Tensor, v: &Tensor) -> Result<Tensor>;
    fn softmax(&self, x: &Tensor) -> Result<Tensor>;
}

/// The activations that candle's users write.
pub struct Candle;

impl Activations for Candle {
    fn gelu(&self, x: &Tensor) -> Result<Tensor> {
        x.gelu_erf()
    }
    fn silu(&self, x: &Tensor) -> Result<Tensor> {
        x.silu()
    }
    fn swiglu(&self, u: &Tensor, v: &Tensor) -> Result<Tensor> {
        u.silu()? * v
    }
    fn softmax(&self, x: &Tensor) -> Result<Tensor> {
        // candle's softmax with gradients.  The faster softmax_last_dim has no gradient, so training cannot use it.
        if x.track_op() {
            candle_nn::ops::softmax(x, D::Minus1)
        } else {
            candle_nn::ops::softmax_last_dim(x)
        }
    }
}

pub struct Actfn(pub Mode);

impl Activations for Actfn {
    fn gelu(&self, x: &Tensor) -> Result<Tensor> {
        Elementwise::new(Op::Gelu).mode(self.0).apply(x)
    }
    fn silu(&self, x: &Tensor) -> Result<Tensor> {
        Elementwise::new(Op::Silu).mode(self.0).apply(x)
    }
    fn swiglu(&self, u: &Tensor, v: &Tensor) -> Result<Tensor> {
        Gate::new(Op::Swiglu).mode(self.0).apply(u, v)
    }
    fn softmax(&self, x: &Tensor) -> Result<Tensor> {
        Rows::new(Op::Softmax).mode(self.0).apply(x, D::Minus1)
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FeedForward {
    Gelu,
    Silu,
    Swiglu,
}

#[derive(Clone, Copy, Debug)]
pub struct Size {
    pub tokens: usize,
    pub model: usize,
    pub heads: usize,
    pub hidden: usize,
}

pub struct Block {
    size: Size,
    feed_forward: FeedForward,
    /// Query, key, value, output, up, gate, down.
    weights: Vec<Tensor>,
}

/// Numbers with mean 0 and the given deviation, the same in every run.
pub fn noise(seed: u64, deviation: f32, shape: (usize, usize)) -> Result<Tensor> {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut uniform = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1u64 << 24) as f32 - 0.5
    };
    // The sum of twelve numbers with variance 1/12 each.
    let values = (0..shape.0 * shape.1).map(|_| deviation * (0..12).map(|_| uniform()).sum::<f32>()).collect();
    Tensor::from_vec(values, shape, &Device::Cpu)
}

fn normalized(x: &Tensor) -> Result<Tensor> {
    let centred = x.broadcast_sub(&x.mean_keepdim(D::Minus1)?)?;
    let variance = centred.sqr()?.mean_keepdim(D::Minus1)?;
    centred.broadcast_div(&(variance + 1e-5)?.sqrt()?)
}

impl Block {
    pub fn new(size: Size, feed_forward: FeedForward) -> Result<Block> {
        let Size { model, hidden, .. } = size;
        let of = |seed, from: usize, to| noise(seed, (from as f32).powf(-0.5), (from, to));
        let mut weights = (1..=4).map(|seed| of(seed, model, model)).collect::<Result<Vec<_>>>()?;
        weights.extend([of(5, model, hidden)?, of(6, model, hidden)?, of(7, hidden, model)?]);
        Ok(Block { size, feed_forward, weights })
    }

    /// The same weights in another type: float64 is the reference.
    pub fn to_dtype(&self, dtype: DType) -> Result<Block> {
        let weights = self.weights.iter().map(|w| w.to_dtype(dtype)).collect::<Result<Vec<_>>>()?;
        Ok(Block { weights, ..*self })
    }

    pub fn forward(&self, x: &Tensor, act: &dyn Activations) -> Result<Tensor> {
        let Size { tokens, model, heads, .. } = self.size;
        let [query, key, value, output, up, gate, down] = &self.weights[..] else { unreachable!() };
        let normal = normalized(x)?;
        let split = |w| normal.matmul(w)?.reshape((tokens, heads, model / heads))?.transpose(0, 1)?.contiguous();
        let scores = split(query)?.matmul(&split(key)?.t()?)?.affine(((model / heads) as f64).powf(-0.5), 0.)?;
        let mixed = act.softmax(&scores)?.matmul(&split(value)?)?;
        let x = (x + mixed.transpose(0, 1)?.reshape((tokens, model))?.matmul(output)?)?;

        let normal = normalized(&x)?;
        let up = normal.matmul(up)?;
        let hidden = match self.feed_forward {
            FeedForward::Gelu => act.gelu(&up)?,
            FeedForward::Silu => act.silu(&up)?,
            FeedForward::Swiglu => act.swiglu(&normal.matmul(gate)?, &up)?,
        };
        x + hidden.matmul(down)?
    }
}

/// The largest difference, in units of the last place of the largest expected number.
pub fn ulps(found: &Tensor, expected: &Tensor) -> Result<f64> {
    let (found, expected) = (found.to_dtype(DType::F64)?, expected.to_dtype(DType::F64)?);
    let largest = |x: &Tensor| x.abs()?.flatten_all()?.max(0)?.to_scalar::<f64>();
    let unit = f64::powi(2., largest(&expected)?.log2().floor() as i32 - 23);
    Ok(largest(&(found - expected)?)? / unit)
}
