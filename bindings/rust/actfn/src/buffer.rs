// SPDX-License-Identifier: MIT
//! What the library reads and writes: slices, or cells, which may be the same.

use crate::{Error, Result};
use std::cell::Cell;
use std::marker::PhantomData;

/// Floats that may be read for as long as `'a`.
#[derive(Clone, Copy)]
pub(crate) struct In<'a> {
    start: *const f32,
    len: usize,
    buffer: PhantomData<&'a [Cell<f32>]>,
}

/// Floats that may be written for as long as `'a`, though others may read them.
#[derive(Clone, Copy)]
pub(crate) struct Out<'a> {
    start: *mut f32,
    len: usize,
    buffer: PhantomData<&'a [Cell<f32>]>,
}

/// The same floats for reading and writing.
pub(crate) fn cells(slice: &mut [f32]) -> &[Cell<f32>] {
    Cell::from_mut(slice).as_slice_of_cells()
}

impl<'a> From<&'a [f32]> for In<'a> {
    fn from(slice: &'a [f32]) -> Self {
        In { start: slice.as_ptr(), len: slice.len(), buffer: PhantomData }
    }
}

impl<'a> From<&'a [Cell<f32>]> for In<'a> {
    fn from(slice: &'a [Cell<f32>]) -> Self {
        In { start: slice.as_ptr().cast(), len: slice.len(), buffer: PhantomData }
    }
}

impl<'a> From<&'a mut [f32]> for Out<'a> {
    fn from(slice: &'a mut [f32]) -> Self {
        cells(slice).into()
    }
}

impl<'a> From<&'a [Cell<f32>]> for Out<'a> {
    fn from(slice: &'a [Cell<f32>]) -> Self {
        // Cells may be written through what shares them.
        Out { start: slice.as_ptr() as *mut f32, len: slice.len(), buffer: PhantomData }
    }
}

fn expect(argument: &'static str, expected: usize, found: usize) -> Result<()> {
    if found == expected {
        Ok(())
    } else {
        Err(Error::Length { argument, expected, found })
    }
}

impl In<'_> {
    pub(crate) fn len(self) -> usize {
        self.len
    }

    pub(crate) fn start(self) -> *const f32 {
        self.start
    }

    /// The pointer, once it is as long as that.
    pub(crate) fn of(self, argument: &'static str, len: usize) -> Result<*const f32> {
        expect(argument, len, self.len).map(|()| self.start)
    }
}

impl Out<'_> {
    pub(crate) fn start(self) -> *mut f32 {
        self.start
    }

    /// The pointer, once it is as long as that.
    pub(crate) fn of(self, argument: &'static str, len: usize) -> Result<*mut f32> {
        expect(argument, len, self.len).map(|()| self.start)
    }
}

/// NULL where it is not given.
pub(crate) fn optional(buffer: Option<In<'_>>, argument: &'static str, len: usize) -> Result<*const f32> {
    buffer.map_or(Ok(std::ptr::null()), |buffer| buffer.of(argument, len))
}

/// NULL where it is not wanted.
pub(crate) fn optional_out(buffer: Option<Out<'_>>, argument: &'static str, len: usize) -> Result<*mut f32> {
    buffer.map_or(Ok(std::ptr::null_mut()), |buffer| buffer.of(argument, len))
}

/// The parameters of an operation: none stands for the defaults.
pub(crate) fn params_of(op: crate::Op, params: &[f32]) -> Result<*const f32> {
    if params.is_empty() {
        return Ok(std::ptr::null());
    }
    expect("params", op.param_count(), params.len()).map(|()| params.as_ptr())
}
