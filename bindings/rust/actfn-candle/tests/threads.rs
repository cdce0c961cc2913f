// SPDX-License-Identifier: MIT
//! Several threads of candle, in a process of its own, because candle makes its pool of threads once.

use actfn::Axis;
use actfn_candle::{Elementwise, Gate, GateLayout, Mode, Op, Rows};
use candle_core::{Device, Result, Tensor};

fn noise(seed: u32, rows: usize, width: usize) -> Result<Tensor> {
    let values = (0..rows * width).map(|i| ((i as u32 ^ seed).wrapping_mul(2_654_435_761) >> 8) as f32 * 1e-6 - 8.4);
    Tensor::from_vec(values.collect(), (rows, width), &Device::Cpu)
}

fn values(x: &Tensor) -> Vec<f32> {
    x.flatten_all().unwrap().to_vec1().unwrap()
}

fn assert_same(found: &Tensor, expected: &[f32], what: &str) {
    let bits = |values: &[f32]| values.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
    assert!(bits(&values(found)) == bits(expected), "{what}");
}

/// Larger than a part, and not a multiple of a part.
#[test]
fn threads_change_no_bit() -> Result<()> {
    const ROWS: usize = 601;
    const WIDTH: usize = 334;
    let (x, v, n) = (noise(1, ROWS, WIDTH)?, noise(2, ROWS, WIDTH)?, ROWS * WIDTH);
    // candle reads the variable when it makes its pool; this process has computed nothing before.
    std::env::set_var("RAYON_NUM_THREADS", "3");
    assert_eq!(candle_core::utils::barrier_pool().n_workers(), 2);
    for mode in [Mode::Accurate, Mode::Fast] {
        let (mut y, a, b) = (vec![0.; n], values(&x), values(&v));
        actfn::forward(Op::Gelu, mode, &[], &a, &mut y).unwrap();
        assert_same(&Elementwise::new(Op::Gelu).mode(mode).apply(&x)?, &y, "gelu");
        assert_same(&Elementwise::new(Op::Gelu).mode(mode).apply(&x.t()?)?.t()?, &y, "gelu of a transposed tensor");
        actfn::Rows::new(Op::Softmax, Axis::last(ROWS, WIDTH)).mode(mode).forward(&a, &mut y).unwrap();
        assert_same(&Rows::new(Op::Softmax).mode(mode).apply(&x, 1)?, &y, "softmax");
        let down = Axis::of(&[ROWS, WIDTH], 0).unwrap();
        actfn::Rows::new(Op::Softmax, down).mode(mode).forward(&a, &mut y).unwrap();
        assert_same(&Rows::new(Op::Softmax).mode(mode).apply(&x, 0)?, &y, "softmax down");
        actfn::Gates::new(Op::Swiglu).mode(mode).forward(&a, &b, &mut y).unwrap();
        assert_same(&Gate::new(Op::Swiglu).mode(mode).apply(&x, &v)?, &y, "swiglu");
        let mut half = vec![0.; n / 2];
        actfn::Gates::new(Op::Swiglu).mode(mode).packed_forward(GateLayout::First, WIDTH, &a, &mut half).unwrap();
        assert_same(&Gate::new(Op::Swiglu).mode(mode).apply_packed(&x, GateLayout::First)?, &half, "packed swiglu");
    }
    let refused = Elementwise::new(Op::Hardtanh).params(&[1., -1.]).apply(&x);
    assert!(refused.unwrap_err().to_string().contains("hardtanh"), "an error in a part is the whole's");
    Ok(())
}
