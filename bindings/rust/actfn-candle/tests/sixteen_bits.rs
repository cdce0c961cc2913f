// SPDX-License-Identifier: MIT
//! BF16 and F16.  Elementwise results have the bits of the library's 16-bit functions.  Rows, gates and gradients are those of
//! F32 for the same numbers in the fast mode, rounded once.

use actfn_candle::{Elementwise, Gate, GateLayout, Mode, Op, Rows};
use candle_core::{DType, Device, Result, Tensor, Var, D};
use half::{bf16, f16};

const TYPES: [DType; 2] = [DType::BF16, DType::F16];

/// Numbers of the type on both sides of 0.
fn ramp(seed: usize, shape: &[usize], dtype: DType) -> Result<Tensor> {
    let n: usize = shape.iter().product();
    let values: Vec<f32> = (0..n).map(|i| ((i * 37 + seed * 11) % 101) as f32 * 0.13 - 6.5).collect();
    Tensor::from_vec(values, shape, &Device::Cpu)?.to_dtype(dtype)
}

fn wide(x: &Tensor) -> Result<Tensor> {
    x.to_dtype(DType::F32)
}

fn bits(x: &Tensor) -> Result<Vec<u32>> {
    let values = wide(x)?.flatten_all()?.to_vec1::<f32>()?;
    Ok(values.iter().map(|v| if v.is_nan() { 0x7fc0_0000 } else { v.to_bits() }).collect())
}

/// Whether the result has the type and is the F32 result rounded once.
fn assert_rounded(found: &Tensor, floats: &Tensor, dtype: DType, what: &str) -> Result<()> {
    assert_eq!((found.dtype(), found.dims()), (dtype, floats.dims()), "{what}");
    assert_eq!(bits(found)?, bits(&floats.to_dtype(dtype)?)?, "{what} in {dtype:?}");
    Ok(())
}

#[test]
fn all_inputs_have_the_bits_of_the_library() -> Result<()> {
    for op in [Op::Relu, Op::Gelu, Op::Tanh, Op::Silu, Op::Hardswish] {
        macro_rules! check {
            ($type:ty) => {
                let x: Vec<$type> = (0..=u16::MAX).map(<$type>::from_bits).collect();
                let mut expected = x.clone();
                actfn::typed::forward_in_place(op, Mode::Fast, &[], &mut expected).unwrap();
                let tensor = Tensor::from_vec(x, 1 << 16, &Device::Cpu)?;
                let found = Elementwise::new(op).apply(&tensor)?;
                assert_eq!(bits(&found)?, bits(&Tensor::from_vec(expected, 1 << 16, &Device::Cpu)?)?, "{op:?}");
                Elementwise::new(op).apply_in_place(&tensor)?;
                assert_eq!(bits(&found)?, bits(&tensor)?, "{op:?} in place");
            };
        }
        check!(bf16);
        check!(f16);
    }
    Ok(())
}

#[test]
fn gradients_are_those_of_floats() -> Result<()> {
    for dtype in TYPES {
        let (x, dy) = (ramp(1, &[40, 900], dtype)?, ramp(2, &[40, 900], dtype)?);
        let gradient = |dtype: DType, apply: &dyn Fn(&Tensor) -> Result<Tensor>| -> Result<Tensor> {
            let x = Var::from_tensor(&x.to_dtype(dtype)?)?;
            let product = (apply(&x)? * dy.to_dtype(dtype)?)?;
            Ok(product.backward()?.get(&x).unwrap().clone())
        };
        // softmax's gradient reads y, which is rounded here, so only the operations that read x are the same.
        for op in [Op::Gelu, Op::Silu, Op::Tanh] {
            let apply = |x: &Tensor| Elementwise::new(op).apply(x);
            assert_rounded(&gradient(dtype, &apply)?, &gradient(DType::F32, &apply)?, dtype, op.name())?;
        }
        let packed = |x: &Tensor| Gate::new(Op::Swiglu).apply_packed(&Tensor::cat(&[x, x], 1)?, GateLayout::First);
        assert_eq!(gradient(dtype, &packed)?.dtype(), dtype);
        let rows = |x: &Tensor| Rows::new(Op::Softmax).apply(x, D::Minus1);
        let (narrow, floats) = (gradient(dtype, &rows)?, gradient(DType::F32, &rows)?);
        let off = (wide(&narrow)? - floats)?.abs()?.max_all()?.to_scalar::<f32>()?;
        assert!(narrow.dtype() == dtype && off < 0.05, "softmax's gradient in {dtype:?} is off by {off}");
    }
    Ok(())
}

#[test]
fn rows_and_gates_are_those_of_floats() -> Result<()> {
    for dtype in TYPES {
        let x = ramp(1, &[30, 64], dtype)?;
        for x in [x.clone(), x.t()?.contiguous()?.t()?] {
            for op in [Op::Softmax, Op::LogSoftmax, Op::Sparsemax] {
                for dim in 0..2 {
                    let floats = Rows::new(op).apply(&wide(&x)?, dim)?;
                    assert_rounded(&Rows::new(op).apply(&x, dim)?, &floats, dtype, op.name())?;
                }
            }
            let v = ramp(5, &[30, 64], dtype)?;
            let gate = Gate::new(Op::Geglu);
            assert_rounded(&gate.apply(&x, &v)?, &gate.apply(&wide(&x)?, &wide(&v)?)?, dtype, "geglu")?;
            let floats = gate.apply_packed(&wide(&x)?, GateLayout::Last)?;
            assert_rounded(&gate.apply_packed(&x, GateLayout::Last)?, &floats, dtype, "geglu, packed")?;
        }
    }
    Ok(())
}

#[test]
fn other_types_are_refused() -> Result<()> {
    let text = |result: Result<Tensor>| result.unwrap_err().to_string();
    let (x, doubles) = (ramp(1, &[2, 4], DType::F16)?, ramp(1, &[2, 4], DType::F64)?);
    assert!(text(Elementwise::new(Op::Gelu).apply(&doubles)).contains("gelu: F32, BF16 or F16 expected, F64 found"));
    assert!(text(Gate::new(Op::Swiglu).apply(&x, &wide(&x)?)).contains("swiglu: F16 expected, F32 found"));
    Ok(())
}
