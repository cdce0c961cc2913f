// SPDX-License-Identifier: MIT
//! Inside a block: the results are near those of candle with the same weights in float64, forward and backward.

// Some functions are only used by the example.
#[allow(dead_code)]
#[path = "../examples/transformer_block/block.rs"]
mod block;

use actfn_candle::Mode;
use block::{noise, ulps, Actfn, Activations, Block, Candle, FeedForward, Size};
use candle_core::{DType, Result, Tensor, Var};

const SIZE: Size = Size { tokens: 24, model: 64, heads: 4, hidden: 160 };
/// In units of the largest element.  Sums of 160 products have an error of 4.3 units, also with candle's own activations.
const BOUND: f64 = 8.;

/// The block's result, and its gradient by the input if all outputs count alike, with either sign.
fn both_ways(block: &Block, x: &Tensor, act: &dyn Activations) -> Result<(Tensor, Tensor)> {
    let x = Var::from_tensor(x)?;
    let y = block.forward(&x, act)?;
    let signs = noise(9, 1., (SIZE.tokens, SIZE.model))?.to_dtype(x.dtype())?;
    let gradients = (&y * signs)?.sum_all()?.backward()?;
    Ok((y.detach(), gradients.get(&x).expect("x is a variable").clone()))
}

#[test]
fn a_block_is_what_it_is_in_float64() -> Result<()> {
    let x = noise(100, 1., (SIZE.tokens, SIZE.model))?;
    for feed_forward in [FeedForward::Gelu, FeedForward::Silu, FeedForward::Swiglu] {
        let block = Block::new(SIZE, feed_forward)?;
        let exact = both_ways(&block.to_dtype(DType::F64)?, &x.to_dtype(DType::F64)?, &Candle)?;
        for mode in [Mode::Accurate, Mode::Fast] {
            let (y, dx) = both_ways(&block, &x, &Actfn(mode))?;
            let errors = [ulps(&y, &exact.0)?, ulps(&dx, &exact.1)?];
            println!("{feed_forward:?} {mode:?}: {errors:.2?} ULP of the largest");
            assert!(errors.iter().all(|&error| error <= BOUND), "{feed_forward:?} {mode:?}: {errors:?}");
        }
    }
    Ok(())
}
