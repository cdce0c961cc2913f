/* SPDX-License-Identifier: MIT */
/* Operation, entry, mode: kernels that the suite `assists` has found wanting, and that are still to be mended. */
/* clang-format off */
{ "softmax_cross_entropy", "actfn_softmax_cross_entropy_dense_f32", ACCURATE, "" },
{ "softmax_cross_entropy", "actfn_softmax_cross_entropy_f32", ACCURATE, "" },
{ "pow", "actfn_forward_f32", QUICK, "" },
{ "sigmoid_mse", "actfn_loss_f32", QUICK, "" },
{ "soft_exponential", "actfn_forward_f32", QUICK, "" },
{ "soft_exponential", "actfn_param_gradient_f32", QUICK, "" },
{ "softmax_cross_entropy", "actfn_softmax_cross_entropy_dense_f32", QUICK, "" },
{ "softmax_cross_entropy", "actfn_softmax_cross_entropy_f32", QUICK, "" },
    /* clang-format on */
