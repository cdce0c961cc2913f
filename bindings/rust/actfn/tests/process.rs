// SPDX-License-Identifier: MIT
//! State of the whole process, which needs a process of its own: the instruction set in use, and the threshold of
//! streaming.

use actfn::{isa, ForwardKernel, Mode, Op, Result};

fn written(start: &[f32], form: impl FnOnce(&mut [f32]) -> Result<()>) -> Vec<u32> {
    let mut buffer = start.to_vec();
    form(&mut buffer).unwrap();
    buffer.iter().map(|y| y.to_bits()).collect()
}

#[test]
fn the_same_bits_on_all_and_from_many_threads() {
    let x: Vec<f32> = (0..103).map(|i| i as f32 / 8.0 - 6.0).collect();
    let y = written(&x, actfn::gelu_in_place);
    let running = isa::name();
    let names: Vec<&str> = isa::all().collect();
    assert_eq!(names.last(), Some(&"generic"));
    assert!(isa::is_available("generic") && !isa::is_available("mmx") && !isa::is_available("a\0b"));
    let kernel = ForwardKernel::new(Op::Gelu, Mode::Fast, &[]).unwrap();
    for name in names.into_iter().filter(|name| isa::is_available(name)) {
        isa::select(Some(name)).unwrap();
        assert_eq!((isa::name(), isa::reason(name)), (name, "in use"));
        assert_eq!(written(&x, actfn::gelu_in_place), y, "{name}");
    }
    isa::select(None).unwrap();
    assert_eq!(isa::name(), running);

    std::thread::scope(|scope| {
        for part in x.chunks(13).zip(y.chunks(13)) {
            scope.spawn(move || assert_eq!(written(part.0, |x| kernel.call(part.0, x)), part.1));
        }
    });

    actfn::set_streaming_threshold(1 << 22);
    assert_eq!(actfn::streaming_threshold(), 1 << 22);
    actfn::set_streaming_threshold(0);
    assert!(actfn::streaming_threshold() > 1 << 20);
}
