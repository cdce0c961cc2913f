/* SPDX-License-Identifier: MIT */
#include <stdint.h>

/* Written by ACTFN_WRITE_FAMILY_HASHES=tests/family_hashes.h build/release/tests/actfn_tests generic */

static const struct {
    const char *name;
    uint64_t forward, backward;
} family_hashes[] = {
    { "prelu", 0xdf87437da377cab5, 0x9521597b8e47130b },
    { "srelu", 0x42943937e9aef058, 0x8d155036ef2cc77a },
    { "apl", 0x7aedb707de82e4e1, 0x2ce718653045dff9 },
    { "rrelu", 0x9c80241bc85675b9, 0xdad88b8861043527 },
    { "gumbel_softmax", 0x9896c1dfcdd0a1d0, 0x742e8d7fbad6714e },
    { "glu", 0x9f0cfb034274d6b7, 0xfe88cf493c4a0793 },
    { "reglu", 0x1f44c8a4a4a0c40d, 0x2c13ec2127a82b5b },
    { "geglu", 0x318c1ae38e4d9b7b, 0xac2041861ef9e4ce },
    { "geglu_tanh", 0xe3aa234ac99f522e, 0x7c8d8c660548d4e2 },
    { "geglu_quick", 0x67131b5e76c6c8ae, 0x5fffa8466e55e920 },
    { "swiglu", 0x0185f6a0c3f6c8cf, 0x7bb53ca20b659ad6 },
    { "swiglu_oai", 0x278bf970ad999390, 0x6cd3802514e83026 },
    { "softmax", 0xe230b46f272ecce9, 0xb7d0b2f8eaf0e20a },
    { "log_softmax", 0xa12b3fb64b9b0430, 0x40813564b5ff2c4f },
    { "softmin", 0x9805b9df1194a1c5, 0x4b71741ad9e9b40c },
    { "hardmax", 0x51a7a6453e2caecf, 0x0000000000000000 },
    { "logsumexp", 0xf4db3e813e841fc9, 0xffe6a14de78a0c81 },
    { "logmeanexp", 0x55400773c601652c, 0xc55b1f435eaf22fd },
    { "sparsemax", 0xeb7711278983a17c, 0x8bfad3da671bf163 },
    { "maxout", 0x613ea070797e1008, 0x5f1e722fd758b2f1 },
    { "sigmoid_bce", 0xf4da01806b4d8fc0, 0xe5870c2dca3925e3 },
    { "softmax_cross_entropy", 0xceebadf9e3473388, 0x661e2b8556ecf5d8 },
    { "sigmoid_mse", 0x3fc426333ba6a777, 0xcba2715368750db1 },
};
