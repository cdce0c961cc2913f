/* SPDX-License-Identifier: MIT */
#include <stdint.h>

/* Written by ACTFN_WRITE_FAMILY_HASHES=tests/family_hashes.h build/release/tests/actfn_tests generic */

static const struct {
    const char *name;
    int mode;
    uint64_t forward, backward;
} family_hashes[] = {
    { "prelu", 0, 0xdf87437da377cab5, 0x9521597b8e47130b },
    { "prelu", 1, 0xdf87437da377cab5, 0x9521597b8e47130b },
    { "srelu", 0, 0x42943937e9aef058, 0x8d155036ef2cc77a },
    { "srelu", 1, 0x42943937e9aef058, 0x8d155036ef2cc77a },
    { "apl", 0, 0x7aedb707de82e4e1, 0x2ce718653045dff9 },
    { "apl", 1, 0x7aedb707de82e4e1, 0x2ce718653045dff9 },
    { "rrelu", 0, 0x9c80241bc85675b9, 0xdad88b8861043527 },
    { "rrelu", 1, 0x9c80241bc85675b9, 0xdad88b8861043527 },
    { "gumbel_softmax", 0, 0x9896c1dfcdd0a1d0, 0x742e8d7fbad6714e },
    { "gumbel_softmax", 1, 0x5af20d2a1ee8e10c, 0x0c7a6852f004edc7 },
    { "glu", 0, 0x9f0cfb034274d6b7, 0xfe88cf493c4a0793 },
    { "glu", 1, 0x85ac43f09df7f8eb, 0x1e5b9e02ce1b24d6 },
    { "reglu", 0, 0x1f44c8a4a4a0c40d, 0x2c13ec2127a82b5b },
    { "reglu", 1, 0x1f44c8a4a4a0c40d, 0x2c13ec2127a82b5b },
    { "geglu", 0, 0x318c1ae38e4d9b7b, 0xac2041861ef9e4ce },
    { "geglu", 1, 0xd66f6c4b84c28ab5, 0x585b16422cca3e57 },
    { "geglu_tanh", 0, 0xe3aa234ac99f522e, 0x7c8d8c660548d4e2 },
    { "geglu_tanh", 1, 0xc86a45470db70f56, 0xfffbcc79320cfb6a },
    { "geglu_quick", 0, 0x67131b5e76c6c8ae, 0x5fffa8466e55e920 },
    { "geglu_quick", 1, 0xf35921b0a509d68a, 0x5e42a447a63849c4 },
    { "swiglu", 0, 0x0185f6a0c3f6c8cf, 0x7bb53ca20b659ad6 },
    { "swiglu", 1, 0xcba61e8a1ccbc402, 0x6e2c0b779d2b4c2c },
    { "swiglu_oai", 0, 0x278bf970ad999390, 0x6cd3802514e83026 },
    { "swiglu_oai", 1, 0xdb8d5fbb760c8702, 0x7b89b1542950f270 },
    { "softmax", 0, 0xe230b46f272ecce9, 0xb7d0b2f8eaf0e20a },
    { "softmax", 1, 0xc1b8d95823f906ff, 0x9ce56f9760efeb2b },
    { "log_softmax", 0, 0xa12b3fb64b9b0430, 0x40813564b5ff2c4f },
    { "log_softmax", 1, 0xedcf1b3f16e1e486, 0x02f7a0b2df9a0001 },
    { "softmin", 0, 0x9805b9df1194a1c5, 0x4b71741ad9e9b40c },
    { "softmin", 1, 0x8239180008f1be4c, 0x316b3a043fe29f93 },
    { "hardmax", 0, 0x51a7a6453e2caecf, 0x0000000000000000 },
    { "hardmax", 1, 0x51a7a6453e2caecf, 0x0000000000000000 },
    { "logsumexp", 0, 0xf4db3e813e841fc9, 0xffe6a14de78a0c81 },
    { "logsumexp", 1, 0xf4db3e813e841fc9, 0x651e50aa561ffc69 },
    { "logmeanexp", 0, 0x55400773c601652c, 0xc55b1f435eaf22fd },
    { "logmeanexp", 1, 0x71191af7559bbe22, 0xe159ab951670af51 },
    { "sparsemax", 0, 0xeb7711278983a17c, 0x8bfad3da671bf163 },
    { "sparsemax", 1, 0xeb7711278983a17c, 0x8bfad3da671bf163 },
    { "maxout", 0, 0x613ea070797e1008, 0x5f1e722fd758b2f1 },
    { "maxout", 1, 0x613ea070797e1008, 0x5f1e722fd758b2f1 },
    { "sigmoid_bce", 0, 0xf4da01806b4d8fc0, 0xe5870c2dca3925e3 },
    { "sigmoid_bce", 1, 0xfb9e236b8336c743, 0x9fa621fb875a26cb },
    { "softmax_cross_entropy", 0, 0xceebadf9e3473388, 0x661e2b8556ecf5d8 },
    { "softmax_cross_entropy", 1, 0x15870f3089636b7d, 0x520b090d2279683f },
    { "sigmoid_mse", 0, 0x3fc426333ba6a777, 0xcba2715368750db1 },
    { "sigmoid_mse", 1, 0x01f0936909ce5505, 0x0aaca7fed9eb09b9 },
};
