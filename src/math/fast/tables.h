/* SPDX-License-Identifier: MIT */
/* Made by tools/fast_tables.py. */
#ifndef ACTFN_FAST_TABLES_H
#define ACTFN_FAST_TABLES_H

#include "math/simd.h"

enum { GRID = 3, SEGMENTS = 8 };

/* ---- exponentials ---- */

/* 2^(i / 8); that less i 1048576 units of its bits; and (exact - rounded) / exact. */
static _Alignas(32) const float power_part[8] = {
    0x1p0f, 0x1.172b84p0f, 0x1.306fep0f, 0x1.4bfdaep0f, 0x1.6a09e6p0f, 0x1.8ace54p0f, 0x1.ae89fap0f, 0x1.d5818ep0f,
};
static _Alignas(32) const float power_less[8] = {
    0x1p0f, 0x1.f72b84p-1f, 0x1.f06fep-1f, 0x1.ebfdaep-1f, 0x1.ea09e6p-1f, 0x1.eace54p-1f, 0x1.ee89fap-1f,
    0x1.f5818ep-1f,
};
static _Alignas(32) const float power_low[8] = {
    -0.0f, -0x1.9c0c22p-27f, 0x1.125002p-25f, -0x1.0a3552p-25f, 0x1.26055cp-26f, 0x1.67a1cap-28f, -0x1.f9c306p-27f,
    -0x1.a5217cp-28f,
};
/* (e^r - 1) / r, |r| <= ln 2 / 16, e^r: 0.43 units. */
#define POWER_1 0x1.000878p-1f
#define POWER_2 0x1.55584ap-3f
/* (e^r - 1) / r, |r| <= ln 2 / 16, relative: 0.09 units. */
#define POWER_1_1 0x1p-1f
#define POWER_1_2 0x1.555c2p-3f
#define POWER_1_3 0x1.5558dp-5f

/* ---- segments: centres, then coefficients from the highest to the lowest ---- */

#define TANH_OCTAVES 1.57f

/* tanh a, relative: 1.03 units. */
static _Alignas(32) const float tanh_octaves[8][8] = {
    { 0x1.e06b48p-1f, 0x1.94d5e2p0f, 0x1.40eb6ep1f, 0x1.e31c08p1f, 0x1.6a0014p2f, 0x1.0a275p3f, 0, 0x1.dc4558p-2f },
    { 0x1.021dfap-6f, 0x1.4b2fep-8f, -0x1.59eb9ap-11f, -0x1.701bc2p-14f, -0x1.43556cp-19f, -0x1.f93f2ep-27f,
      -0x1.70ebf4p-5f, -0x1.c110ccp-5f },
    { -0x1.a91ba6p-5f, -0x1.2f1232p-12f, 0x1.77c418p-9f, 0x1.33221p-12f, 0x1.193232p-17f, 0x1.62fcbep-25f,
      0x1.2f438p-3f, -0x1.e94c22p-7f },
    { 0x1.612f08p-5f, -0x1.a03d62p-6f, -0x1.05028ep-7f, -0x1.6e679cp-11f, -0x1.117ba2p-16f, -0x1.3d1aecp-24f,
      -0x1.25d1eep-9f, 0x1.58e794p-3f },
    { 0x1.848ecp-4f, 0x1.461742p-4f, 0x1.13032p-6f, 0x1.6decc4p-10f, 0x1.04b5dep-15f, 0x1.44c6bcp-23f,
      -0x1.552de8p-2f, -0x1.e13688p-4f },
    { -0x1.5a656p-2f, -0x1.251fcap-3f, -0x1.a7d97ep-6f, -0x1.139b8cp-9f, -0x1.9978c2p-15f, -0x1.02c0d4p-22f,
      -0x1.ba4524p-19f, -0x1.68d03cp-2f },
    { 0x1.d7a3c8p-2f, 0x1.3f0586p-3f, 0x1.ad8e06p-6f, 0x1.13f3ap-9f, 0x1.9c7b56p-15f, 0x1.01ec9ap-22f, 0x1p0f,
      0x1.9f74acp-1f },
    { 0x1.7809aap-1f, 0x1.d66f6p-1f, 0x1.f93e5ep-1f, 0x1.ff75f6p-1f, 0x1.fffcccp-1f, 0x1.fffffcp-1f, 0, 0x1.bca9p-2f },
};

/* (gelu(-a) / -a)^(1/2), relative: 0.31 units. */
static _Alignas(64) const float gelu_root[8][16] = {
    { 0x1.55539p-2f, 0x1.2badcap0f, 0x1.016e8p1f, 0x1.57ac94p1f, 0x1.a15d4p1f, 0x1.e24062p1f, 0x1.0ee85p2f,
      0x1.2a38e6p2f, 0x1.440038p2f, 0x1.5c7caep2f, 0x1.72be48p2f, 0x1.88fbb6p2f, 0x1.9d4b72p2f, 0x1.b14992p2f,
      0x1.c48b38p2f, 0x1.d718d6p2f },
    { -0x1.68b5dep-13f, 0x1.60205cp-11f, 0x1.bd127p-13f, -0x1.d73c14p-13f, -0x1.f84e8ap-13f, -0x1.dc8fe4p-14f,
      -0x1.0782cep-16f, 0x1.d42186p-16f, 0x1.227d3p-15f, 0x1.c24dcep-16f, 0x1.240394p-16f, 0x1.4e40fp-17f,
      0x1.65bc24p-18f, 0x1.664662p-19f, 0x1.588fb2p-20f, 0x1.3dc35p-21f },
    { -0x1.807a02p-9f, -0x1.54f5aep-10f, 0x1.74c20ep-10f, 0x1.634e28p-10f, 0x1.f20cc8p-12f, -0x1.88244ap-14f,
      -0x1.212908p-12f, -0x1.0b713cp-12f, -0x1.71b4e8p-13f, -0x1.b4bafp-14f, -0x1.e0905p-15f, -0x1.df1bccp-16f,
      -0x1.d4a31p-17f, -0x1.b06e58p-18f, -0x1.81d52cp-19f, -0x1.4f3cfep-20f },
    { 0x1.a6206p-9f, -0x1.e40b2p-8f, -0x1.9a5b6p-8f, -0x1.069244p-10f, 0x1.b24e34p-10f, 0x1.0cc3aep-9f,
      0x1.98e99p-10f, 0x1.fd0fccp-11f, 0x1.17a88cp-11f, 0x1.19579cp-12f, 0x1.13045cp-13f, 0x1.efbc3p-15f,
      0x1.bf30acp-16f, 0x1.80137cp-17f, 0x1.41a86p-18f, 0x1.083afap-19f },
    { 0x1.05855p-5f, 0x1.7740e2p-6f, -0x1.bd3facp-9f, -0x1.ad8136p-7f, -0x1.8466a2p-7f, -0x1.0131fep-7f,
      -0x1.21ebb2p-8f, -0x1.299fep-9f, -0x1.1b3d0cp-10f, -0x1.fc3e74p-12f, -0x1.c5ac08p-13f, -0x1.78fdc6p-14f,
      -0x1.3dd99p-15f, -0x1.00ba8cp-16f, -0x1.96fa38p-18f, -0x1.3e0e84p-19f },
    { -0x1.c332e2p-6f, 0x1.91682p-5f, 0x1.29b2a2p-4f, 0x1.b6c3b4p-5f, 0x1.fde926p-6f, 0x1.06debp-6f, 0x1.f131a8p-8f,
      0x1.bece06p-9f, 0x1.7d79d6p-10f, 0x1.3850b6p-11f, 0x1.02825cp-12f, 0x1.90d29ep-14f, 0x1.3e9accp-15f,
      0x1.e76adp-17f, 0x1.6fb1b8p-18f, 0x1.12a69p-19f },
    { -0x1.3de44ap-2f, -0x1.281a46p-2f, -0x1.6b36ep-3f, -0x1.7106bp-4f, -0x1.5483e6p-5f, -0x1.29d0eap-6f,
      -0x1.ef0002p-8f, -0x1.9097dap-9f, -0x1.38cfb2p-10f, -0x1.d9e8b4p-12f, -0x1.6f6128p-13f, -0x1.0be07ep-14f,
      -0x1.93f74p-16f, -0x1.26255ep-17f, -0x1.a82d5ep-19f, -0x1.2feaa4p-20f },
    { 0x1.37340cp-1f, 0x1.640412p-2f, 0x1.30d26p-3f, 0x1.ed5be2p-5f, 0x1.823fbcp-6f, 0x1.297a58p-7f, 0x1.bd2184p-9f,
      0x1.49d75p-10f, 0x1.dcf01ap-12f, 0x1.516b08p-13f, 0x1.ed6b5p-15f, 0x1.5466dep-16f, 0x1.e93786p-18f,
      0x1.547286p-19f, 0x1.d6d556p-21f, 0x1.44849p-22f },
};
#define GELU_ROOT_NARROW 4.875f
#define GELU_ROOT_END 7.5078125f
#define GELU_ROOT_CURVE 0.2f, 0.56f

/* gelu'(-a), relative to the sum of its terms: 2.14 units. */
static _Alignas(64) const float gelu_slope[9][16] = {
    { 0x1.54cd34p-2f, 0x1.27cf58p0f, 0x1.01724ep1f, 0x1.586c12p1f, 0x1.a132ep1f, 0x1.e2803p1f, 0x1.0f0812p2f,
      0x1.2a45d8p2f, 0x1.43f392p2f, 0x1.5c0b14p2f, 0x1.73200cp2f, 0x1.8878acp2f, 0x1.9d7d34p2f, 0x1.b140f6p2f,
      0x1.c492dap2f, 0x1.d72e38p2f },
    { 0x1.30862ap-8f, -0x1.875acap-8f, 0x1.6bd8p-9f, 0x1.05b406p-11f, -0x1.2223dap-11f, -0x1.b16a94p-13f,
      0x1.c74652p-18f, 0x1.0c33e6p-15f, 0x1.0f2ee2p-16f, 0x1.75102cp-18f, 0x1.9edb36p-20f, 0x1.92c4cap-22f,
      0x1.6208fcp-24f, 0x1.1e2fdcp-26f, 0x1.b4211p-29f, 0x1.3ae9b6p-31f },
    { 0x1.291196p-6f, 0x1.6bf8a8p-10f, -0x1.ebbf44p-8f, 0x1.347df2p-9f, 0x1.aa3436p-10f, 0x1.cb8d9ep-14f,
      -0x1.8a173cp-13f, -0x1.d3dcd6p-14f, -0x1.50c4d6p-15f, -0x1.7f35bcp-17f, -0x1.70e5a2p-19f, -0x1.4be82ap-21f,
      -0x1.07e9dep-23f, -0x1.951052p-26f, -0x1.1fc6f8p-28f, -0x1.87fa84p-31f },
    { -0x1.425e98p-5f, 0x1.4cf5c8p-5f, -0x1.a69e2ep-9f, -0x1.3a5154p-7f, -0x1.654148p-10f, 0x1.ed20f4p-11f,
      0x1.5179b8p-11f, 0x1.fb6bcep-13f, 0x1.21e11ap-14f, 0x1.1a7688p-16f, 0x1.e238c4p-19f, 0x1.8c0decp-21f,
      0x1.21e0d8p-23f, 0x1.a029bp-26f, 0x1.15cadap-28f, 0x1.660544p-31f },
    { -0x1.67de1p-4f, -0x1.9b8e16p-5f, 0x1.6f2ab2p-5f, 0x1.6a0494p-7f, -0x1.ea7c4ep-9f, -0x1.ad0478p-9f,
      -0x1.4f110ep-10f, -0x1.87673cp-12f, -0x1.7a76cp-14f, -0x1.45ac38p-16f, -0x1.f6bddap-19f, -0x1.7c455ap-21f,
      -0x1.02e318p-23f, -0x1.5d0076p-26f, -0x1.b852b6p-29f, -0x1.0da668p-31f },
    { 0x1.a10506p-3f, -0x1.f1c0d8p-4f, -0x1.1e8bb2p-4f, 0x1.4ee374p-7f, 0x1.c8c07p-7f, 0x1.7ce818p-8f,
      0x1.bcd3d4p-10f, 0x1.b188ccp-12f, 0x1.6e7f2ep-14f, 0x1.1b9b48p-16f, 0x1.907f78p-19f, 0x1.194bd2p-21f,
      0x1.665042p-24f, 0x1.c7c47ap-27f, 0x1.10a8e8p-29f, 0x1.3e43ccp-32f },
    { 0x1.f44a44p-3f, 0x1.429d8cp-2f, -0x1.3b5d1ap-9f, -0x1.7d853ap-5f, -0x1.5c1122p-6f, -0x1.9d280ep-8f,
      -0x1.898c4ap-10f, -0x1.4bcac6p-12f, -0x1.f43b86p-15f, -0x1.6062ap-17f, -0x1.cb0a88p-20f, -0x1.2d2a7ap-22f,
      -0x1.68835p-25f, -0x1.b2361ep-28f, -0x1.ee13bap-31f, -0x1.1372a4p-33f },
    { -0x1.6d19fap-1f, -0x1.169c96p-3f, 0x1.ba2e9cp-4f, 0x1.ca9928p-5f, 0x1.16124ap-6f, 0x1.062686p-8f,
      0x1.a91372p-11f, 0x1.3ce8b2p-13f, 0x1.afdef8p-16f, 0x1.1776cp-18f, 0x1.5204f4p-21f, 0x1.a044dap-24f,
      0x1.d60ecep-27f, 0x1.0cd56p-29f, 0x1.23a03ap-32f, 0x1.373bf8p-35f },
    { 0x1.f3bf46p-3f, -0x1.ccdb12p-4f, -0x1.581c92p-4f, -0x1.9c8fbap-6f, -0x1.7fd0cap-8f, -0x1.2e4f0ep-10f,
      -0x1.abeabp-13f, -0x1.1e59aep-15f, -0x1.643d1ep-18f, -0x1.aa7bd4p-21f, -0x1.e179fcp-24f, -0x1.17563p-26f,
      -0x1.2a8282p-29f, -0x1.4517c2p-32f, -0x1.50ebb4p-35f, -0x1.58c9fap-38f },
};
#define GELU_SLOPE_NARROW 4.875f
#define GELU_SLOPE_END 7.5078125f
#define GELU_SLOPE_CURVE 0.2f, 0.56f

/* (gelu_tanh(-a) / -a)^(1/2), relative: 0.20 units. */
static _Alignas(64) const float gelu_tanh_root[8][16] = {
    { 0x1.010ee6p-2f, 0x1.c4d1b6p-1f, 0x1.9084b4p0f, 0x1.0e9cecp1f, 0x1.4c3558p1f, 0x1.81f3acp1f, 0x1.b2ee0cp1f,
      0x1.e0b15ep1f, 0x1.05ddb8p2f, 0x1.1a0604p2f, 0x1.2d8bfcp2f, 0x1.3f5a4ap2f, 0x1.50d042p2f, 0x1.61691p2f,
      0x1.71b6b8p2f, 0x1.81528cp2f },
    { -0x1.4ffcbp-12f, 0x1.58c59ep-11f, 0x1.ee4d7ap-12f, 0x1.8ef66ap-15f, -0x1.9dc7a8p-14f, -0x1.43424p-13f,
      -0x1.6b8a14p-13f, -0x1.578fdp-13f, -0x1.d2e7dap-14f, -0x1.b05d6p-16f, 0x1.8426eep-16f, 0x1.815b1p-15f,
      0x1.8938bcp-15f, 0x1.379e46p-15f, 0x1.9e99acp-16f, 0x1.ef8d12p-17f },
    { -0x1.85f0bep-9f, -0x1.29b1bap-9f, 0x1.09d5e6p-11f, 0x1.56b17cp-10f, 0x1.338b96p-10f, 0x1.c437dap-11f,
      0x1.f522f8p-12f, 0x1.9e32d6p-14f, -0x1.74bc2ep-13f, -0x1.442fcap-12f, -0x1.4843c8p-12f, -0x1.0959acp-12f,
      -0x1.6ea1ap-13f, -0x1.c54abp-14f, -0x1.f73982p-15f, -0x1.024d9ep-15f },
    { 0x1.1cee18p-8f, -0x1.4d15f6p-8f, -0x1.027ecp-7f, -0x1.473beep-8f, -0x1.f51dfcp-10f, 0x1.03d9dap-12f,
      0x1.9478f8p-10f, 0x1.0d6cbp-9f, 0x1.0203eep-9f, 0x1.99f392p-10f, 0x1.1a22d6p-10f, 0x1.6334c8p-11f,
      0x1.940a5p-12f, 0x1.ab30b6p-13f, 0x1.9ec63p-14f, 0x1.7b3c8cp-15f },
    { 0x1.fa7786p-6f, 0x1.e37318p-6f, 0x1.3ae206p-7f, -0x1.441e74p-8f, -0x1.79d84cp-7f, -0x1.a49aaap-7f,
      -0x1.74a2d2p-7f, -0x1.1da2e8p-7f, -0x1.86787ep-8f, -0x1.e682c2p-9f, -0x1.134e3ep-9f, -0x1.28dbecp-10f,
      -0x1.26cc48p-11f, -0x1.15249ep-12f, -0x1.e3ccdcp-14f, -0x1.923f82p-15f },
    { -0x1.1f64cp-5f, 0x1.ad1bc6p-6f, 0x1.13fa88p-4f, 0x1.200becp-4f, 0x1.d8c97ap-5f, 0x1.57f226p-5f, 0x1.c92226p-6f,
      0x1.178cfap-6f, 0x1.3ce736p-7f, 0x1.51104p-8f, 0x1.4b83eep-9f, 0x1.3d786ep-10f, 0x1.1abb38p-11f, 0x1.e2302p-13f,
      0x1.80544ap-14f, 0x1.262776p-15f },
    { -0x1.388baep-2f, -0x1.3e0122p-2f, -0x1.f0099ap-3f, -0x1.50817p-3f, -0x1.a186bep-4f, -0x1.eb339ap-5f,
      -0x1.11061ep-5f, -0x1.1d76aap-6f, -0x1.198154p-7f, -0x1.088a8p-8f, -0x1.d0460ap-10f, -0x1.92929ep-11f,
      -0x1.46971cp-12f, -0x1.ff871cp-14f, -0x1.782d8cp-15f, -0x1.0b4902p-16f },
    { 0x1.442e54p-1f, 0x1.bc6cbcp-2f, 0x1.f158dep-3f, 0x1.0c4352p-3f, 0x1.1426b4p-4f, 0x1.15adb8p-5f, 0x1.0c945ep-6f,
      0x1.eee66ap-8f, 0x1.b2cc68p-9f, 0x1.6fe554p-10f, 0x1.248cbep-11f, 0x1.d103fap-13f, 0x1.5b3a3ep-14f,
      0x1.f7c4dp-16f, 0x1.585a74p-17f, 0x1.c92114p-19f },
};
#define GELU_TANH_ROOT_NARROW 3.9375f
#define GELU_TANH_ROOT_END 6.140625f
#define GELU_TANH_ROOT_CURVE 0.28f, 0.8f

/* gelu_tanh'(-a), relative to the sum of its terms: 1.68 units. */
static _Alignas(64) const float gelu_tanh_slope[9][16] = {
    { 0x1.00c9bep-2f, 0x1.c25d08p-1f, 0x1.909374p0f, 0x1.0f2ccep1f, 0x1.4bd7a6p1f, 0x1.817f9ap1f, 0x1.b31898p1f,
      0x1.e0cfc4p1f, 0x1.05b474p2f, 0x1.1a70d8p2f, 0x1.2d26bap2f, 0x1.3f6bc4p2f, 0x1.50a612p2f, 0x1.619636p2f,
      0x1.7192b4p2f, 0x1.814f18p2f },
    { 0x1.c7782ap-8f, -0x1.cb3314p-8f, -0x1.159372p-12f, 0x1.2ec9bep-9f, 0x1.8e6becp-11f, -0x1.7c0636p-13f,
      -0x1.ee09cp-12f, -0x1.354edp-12f, -0x1.3abef8p-14f, 0x1.0dc006p-15f, 0x1.7a1942p-15f, 0x1.b8ed86p-16f,
      0x1.6db94ap-17f, 0x1.df09ap-19f, 0x1.05245cp-20f, 0x1.e2b5b6p-23f },
    { 0x1.002066p-6f, 0x1.c2cb84p-7f, -0x1.65dfe8p-7f, -0x1.2fd406p-8f, 0x1.2d82e2p-10f, 0x1.2506cap-9f,
      0x1.599312p-10f, 0x1.2feb42p-12f, -0x1.751ebep-13f, -0x1.c8a5dep-13f, -0x1.0d94p-13f, -0x1.c61388p-15f,
      -0x1.3523c8p-16f, -0x1.558d3ep-18f, -0x1.4b841cp-20f, -0x1.109e6cp-22f },
    { -0x1.8e426ep-5f, 0x1.e52b2ap-6f, 0x1.77f684p-6f, -0x1.a0fb98p-8f, -0x1.4807fcp-7f, -0x1.49af74p-8f,
      -0x1.6e9dbep-11f, 0x1.f3ea6ep-11f, 0x1.fa841ap-11f, 0x1.185448p-11f, 0x1.db8d7p-13f, 0x1.3f23fap-14f,
      0x1.6e6908p-16f, 0x1.5e60fp-18f, 0x1.2daf28p-20f, 0x1.bd2732p-23f },
    { -0x1.246cc6p-4f, -0x1.957dc4p-4f, 0x1.6d7cd2p-6f, 0x1.46428ep-5f, 0x1.1849e6p-6f, 0x1.c666bep-11f,
      -0x1.1bcc7ap-8f, -0x1.edf89ap-9f, -0x1.0b959ap-9f, -0x1.ac5222p-11f, -0x1.25b6a4p-12f, -0x1.4c695ep-14f,
      -0x1.4bff9ep-16f, -0x1.18e708p-18f, -0x1.b31fb8p-21f, -0x1.23857ep-23f },
    { 0x1.d7521ep-3f, -0x1.3d43a2p-5f, -0x1.17b1cep-3f, -0x1.ad6078p-5f, 0x1.72e1e4p-9f, 0x1.0ca32ep-6f,
      0x1.9d771ep-7f, 0x1.a8e906p-8f, 0x1.571ac6p-9f, 0x1.b9bb12p-11f, 0x1.00f34p-12f, 0x1.f8f1ecp-15f,
      0x1.bf1582p-17f, 0x1.533b68p-19f, 0x1.dd77d4p-22f, 0x1.24be7cp-24f },
    { 0x1.8873e6p-3f, 0x1.8816ccp-2f, 0x1.246cf6p-3f, -0x1.3afbc8p-6f, -0x1.933fb4p-5f, -0x1.18b526p-5f,
      -0x1.10837cp-6f, -0x1.a8aadp-8f, -0x1.17469p-9f, -0x1.2ee984p-11f, -0x1.32f5bp-13f, -0x1.0aa26cp-15f,
      -0x1.a7e78p-18f, -0x1.233888p-20f, -0x1.7723f4p-23f, -0x1.a76842p-26f },
    { -0x1.7f4f96p-1f, -0x1.53f6e8p-2f, 0x1.9fbbfcp-5f, 0x1.b158fcp-4f, 0x1.12eec2p-4f, 0x1.fb39fap-6f,
      0x1.7a0616p-7f, 0x1.e1fc26p-9f, 0x1.0ce22ep-10f, 0x1.f86c3ep-13f, 0x1.c4db94p-15f, 0x1.60251ep-17f,
      0x1.fb5512p-20f, 0x1.3de8eep-22f, 0x1.78f5aep-25f, 0x1.89789p-28f },
    { 0x1.375e08p-2f, -0x1.8cf8eep-5f, -0x1.001fecp-3f, -0x1.2c9222p-4f, -0x1.00913ep-5f, -0x1.6f8f38p-7f,
      -0x1.c174ep-9f, -0x1.e66cccp-11f, -0x1.d762ap-13f, -0x1.84ee1ep-15f, -0x1.390a18p-17f, -0x1.b7e66ap-20f,
      -0x1.213a0ep-22f, -0x1.4c9568p-25f, -0x1.6cb898p-28f, -0x1.617a9cp-31f },
};
#define GELU_TANH_SLOPE_NARROW 3.9375f
#define GELU_TANH_SLOPE_END 6.140625f
#define GELU_TANH_SLOPE_CURVE 0.28f, 0.8f

/* (gelu_quick(-a) / -a)^(1/2), relative: 0.26 units. */
static _Alignas(64) const float gelu_quick_root[8][16] = {
    { 0x1.4d2562p-3f, 0x1.538b56p-1f, 0x1.5ad25ep0f, 0x1.074452p1f, 0x1.5db968p1f, 0x1.b6b6ap1f, 0x1.07550ap2f,
      0x1.33587cp2f, 0x1.5f6e78p2f, 0x1.8c498p2f, 0x1.b87614p2f, 0x1.e40766p2f, 0x1.080dacp3f, 0x1.1ebe16p3f,
      0x1.34b754p3f, 0x1.4a6d76p3f },
    { -0x1.d62426p-11f, 0x1.0e63aep-8f, -0x1.d5131p-12f, -0x1.0399b8p-11f, -0x1.911efep-14f, -0x1.49dd84p-20f,
      0x1.68986ep-17f, 0x1.04a616p-17f, 0x1.411b16p-18f, 0x1.6323aap-19f, 0x1.8c04b8p-20f, 0x1.b9edap-21f,
      0x1.f3321ap-22f, 0x1.18afbep-22f, 0x1.3829a4p-23f, 0x1.5dcd2ep-24f },
    { -0x1.93386p-7f, -0x1.d13c48p-9f, 0x1.000a64p-8f, 0x1.2b5e4cp-10f, 0x1.ebd5acp-16f, -0x1.10bf2p-13f,
      -0x1.a35146p-14f, -0x1.faf978p-15f, -0x1.218c0ep-15f, -0x1.40e758p-16f, -0x1.654644p-17f, -0x1.90c45ep-18f,
      -0x1.beb064p-19f, -0x1.e9a0cp-20f, -0x1.10d27ap-20f, -0x1.325d12p-21f },
    { 0x1.cf6adp-8f, -0x1.0b0a1ap-6f, -0x1.26a944p-7f, -0x1.c6f6c2p-14f, 0x1.629a54p-10f, 0x1.11d96ep-10f,
      0x1.4ccd9p-11f, 0x1.7c756ap-12f, 0x1.aabca6p-13f, 0x1.d7421cp-14f, 0x1.061cfep-14f, 0x1.25c9a8p-15f,
      0x1.46fdbap-16f, 0x1.65adcp-17f, 0x1.8eca7ep-18f, 0x1.bfbd62p-19f },
    { 0x1.b35f74p-5f, 0x1.45edcp-5f, -0x1.04d59cp-10f, -0x1.71dbd8p-7f, -0x1.200104p-7f, -0x1.5dfe88p-8f,
      -0x1.90fa04p-9f, -0x1.c27a92p-10f, -0x1.f6a446p-11f, -0x1.1511c2p-11f, -0x1.340ed4p-12f, -0x1.593978p-13f,
      -0x1.803ccap-14f, -0x1.a4520ep-15f, -0x1.d4a0bep-16f, -0x1.0711e8p-16f },
    { -0x1.455d68p-5f, 0x1.27a13ep-5f, 0x1.27a3c6p-4f, 0x1.c1855cp-5f, 0x1.15cacp-5f, 0x1.3cce2p-6f, 0x1.644e18p-7f,
      0x1.8e0678p-8f, 0x1.bb56c8p-9f, 0x1.e87d1cp-10f, 0x1.0f8414p-10f, 0x1.304252p-11f, 0x1.52a3bap-12f,
      0x1.727132p-13f, 0x1.9d03eep-14f, 0x1.cfb3d4p-15f },
    { -0x1.457a86p-2f, -0x1.4583e8p-2f, -0x1.dd278cp-3f, -0x1.218f7ep-3f, -0x1.4ff938p-4f, -0x1.779026p-5f,
      -0x1.a3d57ap-6f, -0x1.d41c5cp-7f, -0x1.048ca8p-7f, -0x1.1f080ep-8f, -0x1.3f102p-9f, -0x1.6588b4p-10f,
      -0x1.8deeaap-11f, -0x1.b34d7p-12f, -0x1.e5545cp-13f, -0x1.107216p-13f },
    { 0x1.5037dp-1f, 0x1.fa3b04p-2f, 0x1.344b24p-2f, 0x1.5e8714p-3f, 0x1.8e929p-4f, 0x1.ba9cap-5f, 0x1.edca54p-6f,
      0x1.131dp-6f, 0x1.3231fep-7f, 0x1.514bd4p-8f, 0x1.76ee22p-9f, 0x1.a42292p-10f, 0x1.d39b1ap-11f, 0x1.ff84d6p-12f,
      0x1.1d270ap-12f, 0x1.4025ccp-13f },
};
#define GELU_QUICK_ROOT_NARROW 5.1640625f
#define GELU_QUICK_ROOT_END 10.6875f
#define GELU_QUICK_ROOT_CURVE 0.0f, 1.45f

/* gelu_quick'(-a), relative to the sum of its terms: 3.89 units. */
static _Alignas(64) const float gelu_quick_slope[9][16] = {
    { 0x1.8a71dep-3f, 0x1.9f8a0ap-1f, 0x1.a5b22ep0f, 0x1.3bf37p1f, 0x1.a91d14p1f, 0x1.0993dep2f, 0x1.3df85ap2f,
      0x1.737248p2f, 0x1.a923a2p2f, 0x1.de7198p2f, 0x1.0a1ac2p3f, 0x1.245784p3f, 0x1.3f89e6p3f, 0x1.5a3dfcp3f,
      0x1.745002p3f, 0x1.8f0602p3f },
    { 0x1.1011e6p-5f, -0x1.72ada8p-6f, 0x1.2119e2p-8f, -0x1.539024p-12f, -0x1.9ee304p-14f, -0x1.5be034p-17f,
      0x1.c4af7cp-22f, 0x1.8a10dp-21f, 0x1.4bd828p-22f, 0x1.d8fe4cp-24f, 0x1.272668p-25f, 0x1.62c144p-27f,
      0x1.92fbdp-29f, 0x1.c9ac3ep-31f, 0x1.f5ead2p-33f, 0x1.110ce8p-34f },
    { 0x1.3d09bep-4f, -0x1.498bdep-8f, -0x1.5be7f6p-8f, 0x1.b925b2p-10f, 0x1.1e20aep-12f, 0x1.6385f6p-17f,
      -0x1.3bd3fcp-17f, -0x1.4a6846p-18f, -0x1.e20b3ep-20f, -0x1.37f87cp-21f, -0x1.75d872p-23f, -0x1.badc42p-25f,
      -0x1.e7fb0ap-27f, -0x1.0dad5cp-28f, -0x1.2deedep-30f, -0x1.4428ecp-32f },
    { -0x1.0638dep-3f, 0x1.79d786p-4f, -0x1.163694p-7f, -0x1.32bc96p-8f, -0x1.908614p-12f, 0x1.6715a4p-14f,
      0x1.f9972p-15f, 0x1.8ae1b8p-16f, 0x1.047facp-17f, 0x1.402c82p-19f, 0x1.73d7c2p-21f, 0x1.af92a8p-23f,
      0x1.d3e1b2p-25f, 0x1.fe88fp-27f, 0x1.1bcf32p-28f, 0x1.2e68f4p-30f },
    { -0x1.3df6a8p-3f, -0x1.988ccap-4f, 0x1.65ecb4p-5f, 0x1.fdfd76p-8f, -0x1.90345ap-12f, -0x1.306c94p-11f,
      -0x1.0a408ep-12f, -0x1.6df5f6p-14f, -0x1.c6ab86p-16f, -0x1.0df946p-17f, -0x1.325a2ap-19f, -0x1.5dd426p-21f,
      -0x1.768b74p-23f, -0x1.94e1c8p-25f, -0x1.be97fap-27f, -0x1.d8e86p-29f },
    { 0x1.643c0ap-2f, -0x1.ed4f4cp-4f, -0x1.4ba67p-4f, -0x1.beafacp-9f, 0x1.124e24p-8f, 0x1.14279cp-9f,
      0x1.96294ap-11f, 0x1.0374a8p-12f, 0x1.359a4cp-14f, 0x1.665c82p-16f, 0x1.8f596ap-18f, 0x1.c2143ep-20f,
      0x1.dcd8e8p-22f, 0x1.ff48bcp-24f, 0x1.1823b8p-25f, 0x1.2700b8p-27f },
    { 0x1.ccd7eep-3f, 0x1.9f16ccp-2f, 0x1.e589b2p-5f, -0x1.3e88b6p-6f, -0x1.a6848cp-7f, -0x1.47328cp-8f,
      -0x1.b7808p-10f, -0x1.0bb936p-11f, -0x1.363fa4p-13f, -0x1.600be6p-15f, -0x1.829f38p-17f, -0x1.af0324p-19f,
      -0x1.c49886p-21f, -0x1.e1dd0ap-23f, -0x1.068486p-24f, -0x1.1316a2p-26f },
    { -0x1.9ceb18p-1f, -0x1.482dbap-2f, 0x1.6af66cp-5f, 0x1.a514fap-5f, 0x1.5efdcp-6f, 0x1.e1aab4p-8f, 0x1.31eb22p-9f,
      0x1.686f3p-11f, 0x1.987c96p-13f, 0x1.c83c9p-15f, 0x1.ef0cb4p-17f, 0x1.116b4p-18f, 0x1.1cebap-20f,
      0x1.2d7b32p-22f, 0x1.46d738p-24f, 0x1.54fdep-26f },
    { 0x1.5b1f3p-2f, -0x1.5611fap-6f, -0x1.80915p-4f, -0x1.7b7edp-5f, -0x1.095a92p-6f, -0x1.53a9a4p-8f,
      -0x1.9f61d8p-10f, -0x1.dd5cc2p-12f, -0x1.09cd38p-13f, -0x1.250ee4p-15f, -0x1.3acbecp-17f, -0x1.59014p-19f,
      -0x1.65224p-21f, -0x1.77d912p-23f, -0x1.95a3f8p-25f, -0x1.a58a3p-27f },
};
#define GELU_QUICK_SLOPE_NARROW 6.2421875f
#define GELU_QUICK_SLOPE_END 12.9140625f
#define GELU_QUICK_SLOPE_CURVE 0.0f, 1.2f

#define SOFTPLUS_END 8.0f

/* ln(1 + e^-a), relative: 0.67 units. */
static _Alignas(32) const float softplus_tail[7][8] = {
    { 0x1.c6b1dp-12f, -0x1.7fc66p-14f, -0x1.99d1f4p-14f, 0x1.12486p-19f, 0x1.7f4f46p-17f, 0x1.7850dp-18f,
      0x1.20905p-19f, 0x1.9ab69p-21f },
    { -0x1.72d85p-13f, 0x1.fd9bdcp-11f, 0x1.867236p-14f, -0x1.471762p-13f, -0x1.833468p-14f, -0x1.38a766p-15f,
      -0x1.c52d86p-17f, -0x1.3d3306p-18f },
    { -0x1.4d7d1p-8f, -0x1.276938p-10f, 0x1.beb9d2p-10f, 0x1.3d4b28p-10f, 0x1.103ef4p-11f, 0x1.931106p-13f,
      0x1.1c1d7cp-14f, 0x1.89f446p-16f },
    { -0x1.2e1126p-15f, -0x1.fbb2dp-7f, -0x1.96f8cp-7f, -0x1.7977f4p-8f, -0x1.203028p-9f, -0x1.9ad4fcp-11f,
      -0x1.1dee6ap-12f, -0x1.8abd8cp-14f },
    { 0x1.00028ap-3f, 0x1.85d44p-4f, 0x1.82ef16p-5f, 0x1.3308d8p-6f, 0x1.bc8424p-8f, 0x1.371ba6p-9f, 0x1.ae571p-11f,
      0x1.286998p-12f },
    { -0x1.000008p-1f, -0x1.05e5acp-2f, -0x1.b0a0cep-4f, -0x1.3f7eaap-5f, -0x1.c2b73ep-7f, -0x1.38998p-8f,
      -0x1.af0cbp-10f, -0x1.2894b6p-11f },
    { 0x1.62e43p-1f, 0x1.2e7ac2p-2f, 0x1.c93954p-4f, 0x1.45e45cp-5f, 0x1.c5d82p-7f, 0x1.3958f2p-8f, 0x1.af677ap-10f,
      0x1.28aa2ap-11f },
};
#define SOFTPLUS_TAIL_WIDTH 0x1.1170fap0f

/* a e^(a^2/2) Phi(-a) in 1 / a^2, 7.3 <= a <= 15, relative: 0.01 units. */
#define FAR_MILLS_0 0x1.988452p-2f
#define FAR_MILLS_1 -0x1.988152p-2f
#define FAR_MILLS_2 0x1.31b748p0f
#define FAR_MILLS_3 -0x1.6cdcd2p2f
#define FAR_MILLS_4 0x1.ac61c6p4f

#endif
