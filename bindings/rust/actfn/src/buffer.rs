// SPDX-License-Identifier: MIT
//! What the library reads and writes: slices, or cells, which may be the same.

use crate::{Element, Error, Result};
use std::cell::Cell;
use std::marker::PhantomData;

/// Numbers that may be read for as long as `'a`.
#[derive(Clone, Copy)]
pub(crate) struct In<'a, T = f32> {
    start: *const T,
    len: usize,
    buffer: PhantomData<&'a [Cell<T>]>,
}

/// Numbers that may be written for as long as `'a`, though others may read them.
#[derive(Clone, Copy)]
pub(crate) struct Out<'a, T = f32> {
    start: *mut T,
    len: usize,
    buffer: PhantomData<&'a [Cell<T>]>,
}

/// The same numbers for reading and writing.
pub(crate) fn cells<T>(slice: &mut [T]) -> &[Cell<T>] {
    Cell::from_mut(slice).as_slice_of_cells()
}

impl<'a, T: Element> From<&'a [T]> for In<'a, T> {
    fn from(slice: &'a [T]) -> Self {
        In { start: slice.as_ptr(), len: slice.len(), buffer: PhantomData }
    }
}

impl<'a, T: Element> From<&'a [Cell<T>]> for In<'a, T> {
    fn from(slice: &'a [Cell<T>]) -> Self {
        In { start: slice.as_ptr().cast(), len: slice.len(), buffer: PhantomData }
    }
}

impl<'a, T: Element> From<&'a mut [T]> for Out<'a, T> {
    fn from(slice: &'a mut [T]) -> Self {
        cells(slice).into()
    }
}

impl<'a, T: Element> From<&'a [Cell<T>]> for Out<'a, T> {
    fn from(slice: &'a [Cell<T>]) -> Self {
        // Cells may be written through what shares them.
        Out { start: slice.as_ptr() as *mut T, len: slice.len(), buffer: PhantomData }
    }
}

fn expect(argument: &'static str, expected: usize, found: usize) -> Result<()> {
    if found == expected {
        Ok(())
    } else {
        Err(Error::Length { argument, expected, found })
    }
}

impl<T: Element> In<'_, T> {
    pub(crate) fn len(self) -> usize {
        self.len
    }

    pub(crate) fn start(self) -> *const T::Raw {
        self.start.cast()
    }

    /// The pointer, once it is as long as that.
    pub(crate) fn of(self, argument: &'static str, len: usize) -> Result<*const T::Raw> {
        expect(argument, len, self.len).map(|()| self.start())
    }
}

impl<T: Element> Out<'_, T> {
    pub(crate) fn start(self) -> *mut T::Raw {
        self.start.cast()
    }

    /// The pointer, once it is as long as that.
    pub(crate) fn of(self, argument: &'static str, len: usize) -> Result<*mut T::Raw> {
        expect(argument, len, self.len).map(|()| self.start())
    }
}

/// NULL where it is not given.
pub(crate) fn optional<T: Element>(
    buffer: Option<In<'_, T>>,
    argument: &'static str,
    len: usize,
) -> Result<*const T::Raw> {
    buffer.map_or(Ok(std::ptr::null()), |buffer| buffer.of(argument, len))
}

/// NULL where it is not wanted.
pub(crate) fn optional_out<T: Element>(
    buffer: Option<Out<'_, T>>,
    argument: &'static str,
    len: usize,
) -> Result<*mut T::Raw> {
    buffer.map_or(Ok(std::ptr::null_mut()), |buffer| buffer.of(argument, len))
}

/// The parameters of an operation: none stands for the defaults.
pub(crate) fn params_of(op: crate::Op, params: &[f32]) -> Result<*const f32> {
    if params.is_empty() {
        return Ok(std::ptr::null());
    }
    expect("params", op.param_count(), params.len()).map(|()| params.as_ptr())
}
