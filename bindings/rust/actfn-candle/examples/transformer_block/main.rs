// SPDX-License-Identifier: MIT
//! A transformer block by candle with its own activations and with libactfn's: errors and times.
//!
//!     RAYON_NUM_THREADS=1 cargo run --release --example transformer_block [TOKENS [MODEL [HEADS [HIDDEN]]]]

mod block;

use actfn_candle::Mode;
use block::{noise, ulps, Actfn, Activations, Block, Candle, FeedForward, Size};
use candle_core::{DType, Result, Tensor};
use std::hint::black_box;
use std::time::Instant;

const TURNS: usize = 21;

/// A function to time, with the name of its column.
type Contestant<'a> = (&'a str, Box<dyn Fn() -> Result<Tensor> + 'a>);

/// Median and quartiles in milliseconds of each contestant.  In each round every contestant runs once.
fn times(contestants: &[Contestant]) -> Result<Vec<[f64; 3]>> {
    let mut taken = vec![Vec::new(); contestants.len()];
    for turn in 0..TURNS + 2 {
        for i in 0..contestants.len() {
            // The order rotates, so that no contestant always begins.
            let i = (i + turn) % contestants.len();
            let start = Instant::now();
            black_box(contestants[i].1()?);
            if turn >= 2 {
                taken[i].push(start.elapsed().as_secs_f64() * 1e3);
            }
        }
    }
    Ok(taken
        .into_iter()
        .map(|mut t| {
            t.sort_by(f64::total_cmp);
            [t[TURNS / 2], t[TURNS / 4], t[TURNS * 3 / 4]]
        })
        .collect())
}

fn report(what: &str, expected: &Tensor, contestants: &[Contestant]) -> Result<()> {
    let taken = times(contestants)?;
    for ((name, run), [median, low, high]) in contestants.iter().zip(&taken) {
        let (error, ratio) = (ulps(&run()?, expected)?, taken[0][0] / median);
        println!("{what:<22} {name:<20} {median:9.3} ({low:.3} to {high:.3}) {ratio:6.2} {error:10.2}");
    }
    Ok(())
}

fn main() -> Result<()> {
    let arguments: Vec<usize> = std::env::args().skip(1).map(|a| a.parse().expect("a number")).collect();
    let number = |at: usize, default| arguments.get(at).copied().unwrap_or(default);
    let size = Size { tokens: number(0, 128), model: number(1, 768), heads: number(2, 12), hidden: number(3, 3072) };
    let (accurate, fast) = (Actfn(Mode::Accurate), Actfn(Mode::Fast));
    let all: [(&str, &dyn Activations); 3] =
        [("candle", &Candle), ("actfn accurate", &accurate), ("actfn fast", &fast)];

    println!(
        "candle-core 0.11, float32, {} threads, {} kernels, {size:?}",
        candle_core::utils::barrier_pool().n_workers() + 1,
        actfn::isa::name()
    );
    println!("{:<22} {:<20} {:>9} {:<18} {:>6} {:>10}", "", "", "ms", "(quartiles)", "gain", "error, ULP");
    let x = noise(100, 1., (size.tokens, size.model))?;
    for feed_forward in [FeedForward::Gelu, FeedForward::Silu, FeedForward::Swiglu] {
        let block = Block::new(size, feed_forward)?;
        let expected = block.to_dtype(DType::F64)?.forward(&x.to_dtype(DType::F64)?, &Candle)?;
        let contestants: Vec<Contestant> =
            all.iter().map(|&(name, act)| (name, Box::new(|| block.forward(&x, act)) as Box<_>)).collect();
        report(&format!("block, {feed_forward:?}"), &expected, &contestants)?;
    }

    // The tensors of the activations alone: the rest of a block is the same for both.
    let (u, v) = (noise(101, 1., (size.tokens, size.hidden))?, noise(102, 1., (size.tokens, size.hidden))?);
    let scores = noise(103, 1., (size.heads * size.tokens, size.tokens))?;
    type Node<'a> = (&'a str, Box<dyn Fn(&dyn Activations, bool) -> Result<Tensor> + 'a>);
    let wide = |t: &Tensor, wide| if wide { t.to_dtype(DType::F64) } else { Ok(t.clone()) };
    let nodes: [Node; 4] = [
        ("gelu", Box::new(|act, f64| act.gelu(&wide(&u, f64)?))),
        ("silu", Box::new(|act, f64| act.silu(&wide(&u, f64)?))),
        ("swiglu", Box::new(|act, f64| act.swiglu(&wide(&u, f64)?, &wide(&v, f64)?))),
        ("softmax", Box::new(|act, f64| act.softmax(&wide(&scores, f64)?))),
    ];
    for (what, node) in &nodes {
        let contestants: Vec<Contestant> =
            all.iter().map(|&(name, act)| (name, Box::new(move || node(act, false)) as Box<_>)).collect();
        report(what, &node(&Candle, true)?, &contestants)?;
    }
    Ok(())
}
