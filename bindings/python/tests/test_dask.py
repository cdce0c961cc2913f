# SPDX-License-Identifier: MIT
"""Dask arrays: the ufuncs stay lazy, and a cluster of processes gives the bits of one."""

import numpy as np
import pytest
from conftest import same_bits

import actfn

da = pytest.importorskip("dask.array", reason="no dask", exc_type=ImportError)
distributed = pytest.importorskip("distributed", reason="no distributed", exc_type=ImportError)

MIB = 2**20


def test_lazy():
    x = np.random.default_rng(9).standard_normal((300, 200)).astype(np.float32)
    lazy = da.from_array(x, chunks=(70, 90))
    for result, expected in (
        (actfn.gelu(lazy), actfn.gelu(x)),
        (actfn.elu(lazy, alpha=0.5, mode="fast"), actfn.elu(x, alpha=0.5, mode="fast")),
        (actfn.silu_backward(lazy, 2 * lazy), actfn.silu_backward(x, 2 * x)),
        (actfn.clip(lazy, -1, 1), actfn.clip(x, min=-1, max=1)),
        (actfn.leaky_relu(lazy, negative_slope=0.5), actfn.leaky_relu(x, slope=0.5)),
        (actfn.gelu(lazy, approximate="tanh"), actfn.gelu_tanh(x)),
    ):
        assert isinstance(result, da.Array) and result.dtype == np.float32
        same_bits(result.compute(scheduler="threads"), expected)


def test_rows_are_lazy_by_request():
    """These functions refuse a Dask array, which they would compute completely.  Their message names apply_gufunc."""
    x = np.random.default_rng(9).standard_normal((300, 200)).astype(np.float32)
    lazy = da.from_array(x, chunks=(70, 200))
    with pytest.raises(TypeError, match="softmax: x is a dask.array.*apply_gufunc calls actfn.softmax lazily"):
        actfn.softmax(lazy)
    for function, signature, inputs in (
        (actfn.softmax, "(n)->(n)", [x]),
        (actfn.logsumexp, "(n)->()", [x]),
        (actfn.softmax_backward, "(n),(n)->(n)", [x, 2 * x]),
        (actfn.swiglu, "(n),(n)->(n)", [x, 2 * x]),
    ):
        result = da.apply_gufunc(
            function, signature, *(da.from_array(each, chunks=(70, 200)) for each in inputs), output_dtypes=np.float32
        )
        assert isinstance(result, da.Array)
        same_bits(result.compute(scheduler="threads"), function(*inputs))


def block(start, count):
    """A part of an array that exists nowhere as a whole: every element is a function of its index."""
    return (np.arange(start, start + count, dtype=np.int64) % 4099 / np.float32(256) - 8).astype(np.float32)


def blocks(count, size):
    import dask

    return da.concatenate(
        [da.from_delayed(dask.delayed(block)(k * size, size), (size,), np.float32) for k in range(count)]
    )


def bits(part):
    """A sum that a single flipped bit changes, and that does not depend on the order."""
    return part.view(np.uint32).astype(np.uint64).sum(keepdims=True)


def test_cluster():
    """Two processes of 256 MiB, an array of 384 MiB and its gradient."""
    count, size, limit = 48, 2 * MIB, 256 * MIB
    with (
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, memory_limit=limit, dashboard_address=None
        ) as cluster,
        distributed.Client(cluster) as client,
    ):
        pids = client.run(__import__("os").getpid)
        assert len(set(pids.values())) == 2
        x = blocks(count, size)
        assert x.nbytes > limit
        y = actfn.elu(actfn.gelu_backward(x, x), alpha=0.5)
        sums = y.map_blocks(bits, dtype=np.uint64, chunks=(1,)).compute()
    assert sums.shape == (count,)
    for k, total in enumerate(sums):
        part = block(k * size, size)
        assert bits(actfn.elu(actfn.gelu_backward(part, part), alpha=0.5))[0] == total
