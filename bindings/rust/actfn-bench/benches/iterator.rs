// SPDX-License-Identifier: MIT
//! Each operation in both modes, beside the plain loop that a programmer would write: an iterator over the slice, and the
//! functions of `f32`.  The errors are printed first, because a speed without an error says little.

use actfn::{Axis, Mode, Op, Rows};
use criterion::{criterion_group, criterion_main, Criterion, Throughput};
use std::hint::black_box;
use std::time::Duration;

/// A buffer in the first-level cache, and a buffer larger than the second-level cache.
const SIZES: [usize; 2] = [4096, 1 << 20];

struct Contest {
    op: Op,
    plain: fn(&[f32], &mut [f32]),
    exact: fn(f64) -> f64,
}

macro_rules! each {
    ($x:ident, $f:expr) => {
        |x, y| y.iter_mut().zip(x).for_each(|(y, &$x)| *y = $f)
    };
}

const CONTESTS: [Contest; 6] = [
    Contest { op: Op::Relu, plain: each!(x, x.max(0.0)), exact: |x| x.max(0.0) },
    Contest { op: Op::Exp, plain: each!(x, x.exp()), exact: f64::exp },
    Contest { op: Op::Tanh, plain: each!(x, x.tanh()), exact: f64::tanh },
    Contest { op: Op::Silu, plain: each!(x, x / (1.0 + (-x).exp())), exact: |x| x / (1.0 + (-x).exp()) },
    Contest {
        op: Op::Elu,
        plain: each!(x, if x > 0.0 { x } else { x.exp_m1() }),
        exact: |x| if x > 0.0 { x } else { x.exp_m1() },
    },
    Contest {
        op: Op::Gelu,
        plain: each!(x, 0.5 * x * (1.0 + libm::erff(x * std::f32::consts::FRAC_1_SQRT_2))),
        exact: |x| 0.5 * x * libm::erfc(-x * std::f64::consts::FRAC_1_SQRT_2),
    },
];

fn numbers(n: usize) -> Vec<f32> {
    (0..n as u32).map(|i| (i.wrapping_mul(2654435761) >> 8) as f32 / 2f32.powi(20) - 8.0).collect()
}

fn worst_ulp(x: &[f32], y: &[f32], exact: fn(f64) -> f64) -> f64 {
    let errors = x.iter().zip(y).map(|(&x, &y)| {
        let exact = exact(f64::from(x));
        let exponent = if exact == 0.0 { -126 } else { libm::ilogb(exact).max(-126) };
        (f64::from(y) - exact).abs() / 2f64.powi(exponent - 23)
    });
    errors.fold(0.0, f64::max)
}

fn elementwise(c: &mut Criterion) {
    for Contest { op, plain, exact } in CONTESTS {
        let (x, mut y) = (numbers(1 << 20), vec![0.0; 1 << 20]);
        plain(&x, &mut y);
        print!("{op}: error over [-8, 8): loop {:.2} ulp", worst_ulp(&x, &y, exact));
        for mode in [Mode::Accurate, Mode::Fast] {
            actfn::forward(op, mode, &[], &x, &mut y).unwrap();
            print!(", {mode:?} {:.2}", worst_ulp(&x, &y, exact));
        }
        println!();
        for n in SIZES {
            let (x, y) = (&x[..n], &mut y[..n]);
            let mut group = c.benchmark_group(format!("{op}/{n}"));
            group.throughput(Throughput::Elements(n as u64));
            group.bench_function("loop", |b| b.iter(|| plain(black_box(x), black_box(&mut *y))));
            for mode in [Mode::Accurate, Mode::Fast] {
                group.bench_function(format!("{mode:?}"), |b| {
                    b.iter(|| actfn::forward(op, mode, &[], black_box(x), black_box(&mut *y)).unwrap())
                });
            }
        }
    }
}

/// Rows of 1024.
fn softmax(c: &mut Criterion) {
    let (n, len) = (SIZES[1], 1024);
    let (x, mut y) = (numbers(n), vec![0.0f32; n]);
    let mut group = c.benchmark_group(format!("softmax/{n}"));
    group.throughput(Throughput::Elements(n as u64));
    group.bench_function("loop", |b| {
        b.iter(|| {
            for (x, y) in black_box(&x).chunks(len).zip(black_box(&mut y).chunks_mut(len)) {
                let greatest = x.iter().fold(f32::NEG_INFINITY, |m, &x| m.max(x));
                y.iter_mut().zip(x).for_each(|(y, x)| *y = (x - greatest).exp());
                let sum: f32 = y.iter().sum();
                y.iter_mut().for_each(|y| *y /= sum);
            }
        })
    });
    for mode in [Mode::Accurate, Mode::Fast] {
        let rows = Rows::new(Op::Softmax, Axis::last(n / len, len)).mode(mode);
        group.bench_function(format!("{mode:?}"), |b| {
            b.iter(|| rows.forward(black_box(&x), black_box(&mut y)).unwrap())
        });
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(15)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1));
    targets = elementwise, softmax
}
criterion_main!(benches);
