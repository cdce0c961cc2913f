/* SPDX-License-Identifier: MIT */
/* Made by tools/fast_tables.py. */
#ifndef ACTFN_FAST_TABLES_H
#define ACTFN_FAST_TABLES_H

#include "math/simd.h"

/* ---- exponentials ---- */

#if V_PICKS >= 16
/* 2^(i / 16); that less i 524288 units of its bits; and (exact - rounded) / exact. */
static _Alignas(64) const float power_part[16] = {
    0x1p0f, 0x1.0b5586p0f, 0x1.172b84p0f, 0x1.2387a6p0f, 0x1.306fep0f, 0x1.3dea64p0f, 0x1.4bfdaep0f, 0x1.5ab07ep0f,
    0x1.6a09e6p0f, 0x1.7a1148p0f, 0x1.8ace54p0f, 0x1.9c4918p0f, 0x1.ae89fap0f, 0x1.c199bep0f, 0x1.d5818ep0f,
    0x1.ea4afap0f,
};
static _Alignas(64) const float power_less[16] = {
    0x1p0f, 0x1.fb5586p-1f, 0x1.f72b84p-1f, 0x1.f387a6p-1f, 0x1.f06fep-1f, 0x1.edea64p-1f, 0x1.ebfdaep-1f,
    0x1.eab07ep-1f, 0x1.ea09e6p-1f, 0x1.ea1148p-1f, 0x1.eace54p-1f, 0x1.ec4918p-1f, 0x1.ee89fap-1f, 0x1.f199bep-1f,
    0x1.f5818ep-1f, 0x1.fa4afap-1f,
};
static _Alignas(64) const float power_low[16] = {
    -0.0f, 0x1.8d96d2p-25f, -0x1.9c0c22p-27f, 0x1.964902p-25f, 0x1.125002p-25f, 0x1.370be4p-25f, -0x1.0a3552p-25f,
    -0x1.00d8acp-27f, 0x1.26055cp-26f, -0x1.05cb44p-25f, 0x1.67a1cap-28f, 0x1.a3b5e4p-28f, -0x1.f9c306p-27f,
    -0x1.6961b4p-28f, -0x1.a5217cp-28f, 0x1.61428ep-28f,
};
/* (e^r - 1) / r, |r| <= ln 2 / 32, e^r: 0.03 units. */
#define POWER_1 0x1.00022p-1f
#define POWER_2 0x1.55569ap-3f
/* (e^r - 1) / r, |r| <= ln 2 / 32, relative: 0.01 units. */
#define POWER_1_1 0x1p-1f
#define POWER_1_2 0x1.555708p-3f
#define POWER_1_3 0x1.555634p-5f
#endif

#if V_PICKS == 8
/* 2^(i / 8); that less i 1048576 units of its bits; and (exact - rounded) / exact. */
static _Alignas(64) const float power_part[8] = {
    0x1p0f, 0x1.172b84p0f, 0x1.306fep0f, 0x1.4bfdaep0f, 0x1.6a09e6p0f, 0x1.8ace54p0f, 0x1.ae89fap0f, 0x1.d5818ep0f,
};
static _Alignas(64) const float power_less[8] = {
    0x1p0f, 0x1.f72b84p-1f, 0x1.f06fep-1f, 0x1.ebfdaep-1f, 0x1.ea09e6p-1f, 0x1.eace54p-1f, 0x1.ee89fap-1f,
    0x1.f5818ep-1f,
};
static _Alignas(64) const float power_low[8] = {
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
#endif

#if V_PICKS == 0
/* (e^r - 1) / r, |r| <= ln 2 / 2, e^r: 0.05 units. */
#define POWER_1 0x1.fffffcp-2f
#define POWER_2 0x1.555492p-3f
#define POWER_3 0x1.5558aep-5f
#define POWER_4 0x1.12398p-7f
#define POWER_5 0x1.6a4f28p-10f
/* (e^r - 1) / r, |r| <= ln 2 / 2, relative: 0.23 units. */
#define POWER_1_1 0x1.fffffep-2f
#define POWER_1_2 0x1.5554b4p-3f
#define POWER_1_3 0x1.5556f8p-5f
#define POWER_1_4 0x1.122538p-7f
#define POWER_1_5 0x1.6b9574p-10f
#endif

/* ---- 16 and 32 entries ---- */

#if V_PICKS >= 32

/* tanh a, relative: 0.46 units. */
static _Alignas(64) const float tanh_centre[16] = {
    0x1.91cca2p-1f, 0x1.1a3fbcp0f, 0x1.6bc9fep0f, 0x1.bd5e46p0f, 0x1.1a17aap1f, 0x1.6be662p1f, 0x1.bd78fep1f,
    0x1.07ea9cp2f, 0x1.42e26ep2f, 0x1.94fcb4p2f, 0x1.e7f7f6p2f, 0x1.1bb842p3f, 0, 0x1.e47328p-3f, 0x1.917ba6p-2f,
    0x1.1a4d82p-1f,
};
static _Alignas(64) const float tanh_0[16] = {
    0x1.4f94e4p-1f, 0x1.9a521ep-1f, 0x1.c79638p-1f, 0x1.e1612p-1f, 0x1.f3acaep-1f, 0x1.fc8976p-1f, 0x1.ff079p-1f,
    0x1.ffbb5ap-1f, 0x1.fff52p-1f, 0x1.ffff2ap-1f, 0x1.fffffp-1f, 0x1.fffffep-1f, 0, 0x1.db9cap-3f, 0x1.7e1a08p-2f,
    0x1.00caeep-1f,
};
static _Alignas(64) const float tanh_1[16] = {
    0x1.240c8p-1f, 0x1.6e54e4p-2f, 0x1.aa716p-3f, 0x1.db4786p-4f, 0x1.85aa8ep-5f, 0x1.b9c492p-7f, 0x1.f0669ep-9f,
    0x1.12854cp-10f, 0x1.5beb84p-13f, 0x1.abf084p-17f, 0x1.000e7p-20f, 0x1.55e8f2p-24f, 0x1p0f, 0x1.e4630cp-1f,
    0x1.b8b5cap-1f, 0x1.7f34c2p-1f,
};
static _Alignas(64) const float tanh_2[16] = {
    -0x1.7ed672p-2f, -0x1.2595fap-2f, -0x1.7b761ep-3f, -0x1.bedb68p-4f, -0x1.7c43d4p-5f, -0x1.b6b7f6p-7f,
    -0x1.ef60bep-9f, -0x1.1253d6p-10f, -0x1.5aef46p-13f, -0x1.aab0a6p-17f, -0x1.ff22aap-21f, 0x1.59be08p-22f,
    0x1.160aeap-20f, -0x1.c1f58ap-3f, -0x1.48e5c6p-2f, -0x1.806464p-2f,
};
static _Alignas(64) const float tanh_3[16] = {
    0x1.c1a96cp-5f, 0x1.c48fdcp-4f, 0x1.86f332p-4f, 0x1.05b1fep-4f, 0x1.e2ab36p-6f, 0x1.20b83ep-7f, 0x1.4941c6p-9f,
    0x1.6d9954p-11f, 0x1.d1c7a2p-14f, 0x1.1e256cp-17f, 0x1.554d7ap-21f, -0x1.91664ap-25f, -0x1.556494p-2f,
    -0x1.0eafacp-2f, -0x1.562752p-3f, -0x1.f57274p-5f,
};
static _Alignas(64) const float tanh_4[16] = {
    0x1.6b8c3ap-4f, 0x1.f424bep-8f, -0x1.7697fp-6f, -0x1.833c4p-6f, -0x1.b5a2c2p-7f, -0x1.1ce2b2p-8f,
    -0x1.4c285cp-10f, -0x1.734ebep-12f, -0x1.f15a54p-15f, -0x1.3281d8p-18f, -0x1.6cc612p-22f, -0x1.1cd5f2p-20f,
    0x1.fbef84p-11f, 0x1.128b32p-3f, 0x1.59cc8ap-3f, 0x1.3e8078p-3f,
};
static _Alignas(64) const float tanh_5[16] = {
    -0x1.007bcep-4f, -0x1.1142fcp-5f, -0x1.91cbf8p-8f, 0x1.daa53ep-9f, 0x1.09aa24p-8f, 0x1.9c3feep-10f,
    0x1.f495ccp-12f, 0x1.1e6062p-13f, 0x1.68dc32p-16f, 0x1.c46e44p-20f, 0x1.1a1fa8p-23f, 0x1.0f848ep-21f,
    0x1.06059ap-3f, 0x1.416aa4p-4f, 0x1.58572ap-7f, -0x1.52c83cp-5f,
};

/* Phi(-a)^(1/2), relative: 0.41 units. */
static _Alignas(64) const float gelu_root_centre[32] = {
    0x1.6672a8p-2f, 0x1.e54708p-1f, 0x1.74b3d4p0f, 0x1.e7e086p0f, 0x1.24248ap1f, 0x1.51791cp1f, 0x1.7ba942p1f,
    0x1.a2959p1f, 0x1.c70b94p1f, 0x1.e9d95ap1f, 0x1.0599p2f, 0x1.15830ep2f, 0x1.24b236p2f, 0x1.3351bap2f,
    0x1.419582p2f, 0x1.4f3208p2f, 0x1.5ca1fep2f, 0x1.69947ep2f, 0x1.75f3dap2f, 0x1.82356cp2f, 0x1.8e6478p2f,
    0x1.99f678p2f, 0x1.a54e46p2f, 0x1.b08c36p2f, 0x1.bb814cp2f, 0x1.c62c76p2f, 0x1.d0a5fcp2f, 0x1.dafc9ep2f,
    0x1.e525c2p2f, 0x1.ef2d6ep2f, 0x1.f8fa98p2f, 0x1.016194p3f,
};
static _Alignas(64) const float gelu_root_0[32] = {
    0x1.348ab6p-1f, 0x1.a83486p-2f, 0x1.1420bcp-2f, 0x1.58c546p-3f, 0x1.b222a8p-4f, 0x1.091402p-4f, 0x1.3e1e9ap-5f,
    0x1.7bcdep-6f, 0x1.c27026p-7f, 0x1.07ec4ap-7f, 0x1.3207fcp-8f, 0x1.60f16ep-9f, 0x1.96148p-10f, 0x1.d0cf72p-11f,
    0x1.0736a8p-11f, 0x1.2b3158p-12f, 0x1.4f441ap-13f, 0x1.7803f2p-14f, 0x1.a8b576p-15f, 0x1.d9b534p-16f,
    0x1.046e2ap-16f, 0x1.224f9cp-17f, 0x1.4250bep-18f, 0x1.624f38p-19f, 0x1.85b5d6p-20f, 0x1.ad7aaep-21f,
    0x1.d826a8p-22f, 0x1.02348ep-22f, 0x1.19cf0ap-23f, 0x1.323a6cp-24f, 0x1.4d80a2p-25f, 0x1.6771f8p-26f,
};
static _Alignas(64) const float gelu_root_1[32] = {
    -0x1.3eceaep-2f, -0x1.3aa72cp-2f, -0x1.067da6p-2f, -0x1.8ac428p-3f, -0x1.1cf5bp-3f, -0x1.86a88cp-4f,
    -0x1.0299aep-4f, -0x1.4fae84p-5f, -0x1.ac4aa8p-6f, -0x1.0bf10ep-6f, -0x1.49ad26p-7f, -0x1.913526p-8f,
    -0x1.e4bf18p-9f, -0x1.22383ep-9f, -0x1.56dd74p-10f, -0x1.952442p-11f, -0x1.d7126p-12f, -0x1.116946p-12f,
    -0x1.3ed0b6p-13f, -0x1.6ea8e8p-14f, -0x1.9f43e6p-15f, -0x1.dbbe82p-16f, -0x1.0f164ep-16f, -0x1.319eeap-17f,
    -0x1.5856a6p-18f, -0x1.844376p-19f, -0x1.b454cp-20f, -0x1.e77c4cp-21f, -0x1.0f86ccp-21f, -0x1.2cf5fcp-22f,
    -0x1.4e0e0cp-23f, -0x1.6ecf4ep-24f,
};
static _Alignas(64) const float gelu_root_2[32] = {
    -0x1.a8e008p-6f, 0x1.03575p-5f, 0x1.093f44p-4f, 0x1.2c5168p-4f, 0x1.144bb2p-4f, 0x1.c63e06p-5f, 0x1.5a99f4p-5f,
    0x1.f85f9ep-6f, 0x1.621032p-6f, 0x1.e15adcp-7f, 0x1.3e9f2ap-7f, 0x1.9dc54ep-8f, 0x1.08e7f2p-8f, 0x1.4e6198p-9f,
    0x1.9ec9p-10f, 0x1.002ba6p-10f, 0x1.369536p-11f, 0x1.76bbaap-12f, 0x1.c4c57ap-13f, 0x1.0d59bcp-13f,
    0x1.3b2a4cp-14f, 0x1.740d86p-15f, 0x1.b4443ep-16f, 0x1.f98794p-17f, 0x1.244bb4p-17f, 0x1.51d1d4p-18f,
    0x1.84b9aap-19f, 0x1.bc4e96p-20f, 0x1.f9e72p-21f, 0x1.1e5bfp-21f, 0x1.44568ap-22f, 0x1.6b3fd8p-23f,
};
static _Alignas(64) const float gelu_root_3[32] = {
    0x1.07544ep-5f, 0x1.d556f8p-6f, 0x1.c088b4p-7f, -0x1.47dd3cp-11f, -0x1.28e95ap-7f, -0x1.a6021ap-7f,
    -0x1.b283eep-7f, -0x1.823404p-7f, -0x1.3ad784p-7f, -0x1.e2a9bep-8f, -0x1.61206cp-8f, -0x1.f3561cp-9f,
    -0x1.582294p-9f, -0x1.cfa926p-10f, -0x1.3113aap-10f, -0x1.8d3a66p-11f, -0x1.f9d3bcp-12f, -0x1.3f1e8ep-12f,
    -0x1.918ecep-13f, -0x1.f08916p-14f, -0x1.2d61fep-14f, -0x1.6fe228p-15f, -0x1.bd3942p-16f, -0x1.09e5d4p-16f,
    -0x1.3c667cp-17f, -0x1.77ab0cp-18f, -0x1.bb850ap-19f, -0x1.03cd7p-19f, -0x1.2ee554p-20f, -0x1.5ecc4ap-21f,
    -0x1.9607fp-22f, -0x1.d0810ep-23f,
};
static _Alignas(64) const float gelu_root_4[32] = {
    0x1.92b834p-9f, -0x1.753f78p-8f, -0x1.1d686ap-7f, -0x1.d46292p-8f, -0x1.0fc63ap-8f, -0x1.57de6p-10f,
    0x1.5f823ap-11f, 0x1.c2ae9p-10f, 0x1.11681ep-9f, 0x1.0a3752p-9f, 0x1.cd5df6p-10f, 0x1.73392p-10f, 0x1.1bc0d6p-10f,
    0x1.a12b58p-11f, 0x1.27f406p-11f, 0x1.9b844ep-12f, 0x1.15cf56p-12f, 0x1.7182bap-13f, 0x1.e7fac4p-14f,
    0x1.3b4266p-14f, 0x1.8e59ap-15f, 0x1.f90e7ap-16f, 0x1.3cc498p-16f, 0x1.86f6ep-17f, 0x1.dfcb84p-18f,
    0x1.25636ap-18f, 0x1.6455cp-19f, 0x1.acb81ap-20f, 0x1.004e0cp-20f, 0x1.2ffb9ep-21f, 0x1.681ec4p-22f,
    0x1.a4d3bp-23f,
};
static _Alignas(64) const float gelu_root_5[32] = {
    -0x1.63fec2p-9f, -0x1.6d3d2cp-9f, -0x1.d93bc8p-11f, 0x1.b36d36p-11f, 0x1.9fd7b2p-10f, 0x1.954fbap-10f,
    0x1.2814bp-10f, 0x1.4a5762p-11f, 0x1.c643a2p-13f, -0x1.107d36p-14f, -0x1.cc7ecep-13f, -0x1.238e06p-12f,
    -0x1.239098p-12f, -0x1.016a82p-12f, -0x1.a638b8p-13f, -0x1.48085ap-13f, -0x1.ea355ap-14f, -0x1.624aa8p-14f,
    -0x1.f3589ep-15f, -0x1.58497p-15f, -0x1.d10f5cp-16f, -0x1.35a84ep-16f, -0x1.95b29p-17f, -0x1.068ebcp-17f,
    -0x1.5067ecp-18f, -0x1.aaa74cp-19f, -0x1.0bc59cp-19f, -0x1.4d1ff4p-20f, -0x1.9b3a98p-21f, -0x1.f7e4d6p-22f,
    -0x1.32c34p-22f, -0x1.728cfcp-23f,
};

/* gelu'(-a), relative to the sum of its terms: 1.15 units. */
static _Alignas(64) const float gelu_slope_centre[32] = {
    0x1.7c0f18p-3f, 0x1.5ba174p-1f, 0x1.3da44ap0f, 0x1.b5429p0f, 0x1.0f3f3ap1f, 0x1.3e6c12p1f, 0x1.69aa5ep1f,
    0x1.91a55cp1f, 0x1.b77db4p1f, 0x1.db4a56p1f, 0x1.fd1cc4p1f, 0x1.0e9fc2p2f, 0x1.1e391p2f, 0x1.2d095ap2f,
    0x1.3b688cp2f, 0x1.495a8ep2f, 0x1.56c5dp2f, 0x1.63dep2f, 0x1.70a68cp2f, 0x1.7cfb8ap2f, 0x1.891c2ep2f,
    0x1.94e8ccp2f, 0x1.a05acap2f, 0x1.aba888p2f, 0x1.b6cc02p2f, 0x1.c18606p2f, 0x1.cc2898p2f, 0x1.d68d1p2f,
    0x1.e0c92cp2f, 0x1.eae5f2p2f, 0x1.f4cf42p2f, 0x1.fe8508p2f,
};
static _Alignas(64) const float gelu_slope_0[32] = {
    0x1.6a1b04p-2f, 0x1.12356ap-5f, -0x1.f34f4p-4f, -0x1.d58f6cp-4f, -0x1.28e2e6p-4f, -0x1.3bb1aep-5f,
    -0x1.2e6346p-6f, -0x1.0e9adap-7f, -0x1.c77c08p-9f, -0x1.6ee718p-10f, -0x1.1f186ep-11f, -0x1.b6dee4p-13f,
    -0x1.435c96p-14f, -0x1.d89516p-16f, -0x1.511c58p-17f, -0x1.d7647ap-19f, -0x1.473614p-20f, -0x1.bde722p-22f,
    -0x1.2ae59p-23f, -0x1.907df6p-25f, -0x1.0730d6p-26f, -0x1.580f4p-28f, -0x1.c1d7bcp-30f, -0x1.20b6ap-31f,
    -0x1.6d31f2p-33f, -0x1.d41b06p-35f, -0x1.267754p-36f, -0x1.7227p-38f, -0x1.cd3e4ep-40f, -0x1.1c0b4ep-41f,
    -0x1.5d666p-43f, -0x1.ade9c8p-45f,
};
static _Alignas(64) const float gelu_slope_1[32] = {
    -0x1.8aa0e8p-1f, -0x1.f3485ap-2f, -0x1.5c72b2p-4f, 0x1.5c9a1p-4f, 0x1.aef92p-4f, 0x1.361b46p-4f, 0x1.692016p-5f,
    0x1.752ea6p-6f, 0x1.607af6p-7f, 0x1.387adcp-8f, 0x1.093f98p-9f, 0x1.b33512p-11f, 0x1.55b854p-12f, 0x1.083486p-13f,
    0x1.8ce0b2p-15f, 0x1.22f16ep-16f, 0x1.a5d00ap-18f, 0x1.2b4554p-19f, 0x1.a0b046p-21f, 0x1.2122bap-22f,
    0x1.88e286p-24f, 0x1.08f726p-25f, 0x1.64c3e4p-27f, 0x1.d70804p-29f, 0x1.320b9ap-30f, 0x1.9252a6p-32f,
    0x1.03562ap-33f, 0x1.4daa24p-35f, 0x1.a92e58p-37f, 0x1.0b8db8p-38f, 0x1.5000ap-40f, 0x1.a5b97ep-42f,
};
static _Alignas(64) const float gelu_slope_2[32] = {
    0x1.278024p-3f, 0x1.85c3bcp-2f, 0x1.20c9dp-2f, 0x1.5f4ecep-4f, -0x1.67d45ep-6f, -0x1.931518p-5f, -0x1.53a71ep-5f,
    -0x1.b440ap-6f, -0x1.e17e0ep-7f, -0x1.e1b832p-8f, -0x1.c32a7p-9f, -0x1.922054p-10f, -0x1.539d08p-11f,
    -0x1.17cf28p-12f, -0x1.bd1986p-14f, -0x1.57bb54p-15f, -0x1.053a9p-16f, -0x1.833ee8p-18f, -0x1.18c766p-19f,
    -0x1.948e7ap-21f, -0x1.1cc488p-22f, -0x1.8d0c16p-24f, -0x1.13ba5cp-25f, -0x1.76fcf8p-27f, -0x1.f543d4p-29f,
    -0x1.524d64p-30f, -0x1.bf64ep-32f, -0x1.26dec8p-33f, -0x1.809676p-35f, -0x1.eeff1cp-37f, -0x1.3d8f6cp-38f,
    -0x1.96db4ap-40f,
};
static _Alignas(64) const float gelu_slope_3[32] = {
    0x1.f74372p-3f, 0x1.aa7accp-5f, -0x1.15de54p-3f, -0x1.f4fbp-4f, -0x1.a343d2p-5f, -0x1.93aaaep-9f, 0x1.dcdc4cp-7f,
    0x1.fbb7dp-7f, 0x1.6ad51p-7f, 0x1.af2bfep-8f, 0x1.cb237ep-9f, 0x1.c56d68p-10f, 0x1.a1ae7p-11f, 0x1.7277f8p-12f,
    0x1.3a7f04p-13f, 0x1.01743cp-14f, 0x1.9c5074p-16f, 0x1.4098bp-17f, 0x1.e5e5e4p-19f, 0x1.6c818cp-20f,
    0x1.0a8044p-21f, 0x1.80f3dcp-23f, 0x1.1448d8p-24f, 0x1.83b534p-26f, 0x1.0af978p-27f, 0x1.7284b8p-29f,
    0x1.f740bp-31f, 0x1.543222p-32f, 0x1.c69c6cp-34f, 0x1.2b766ep-35f, 0x1.88e6a4p-37f, 0x1.011f0cp-38f,
};
static _Alignas(64) const float gelu_slope_4[32] = {
    -0x1.b5e958p-5f, -0x1.e2057ep-4f, -0x1.0c4ef4p-5f, 0x1.2dbfp-5f, 0x1.571532p-5f, 0x1.69731p-6f, 0x1.59c5fap-8f,
    -0x1.4a3d96p-9f, -0x1.193712p-8f, -0x1.cef544p-9f, -0x1.2bc6cap-9f, -0x1.547506p-10f, -0x1.5e46d6p-11f,
    -0x1.53d372p-12f, -0x1.37841ep-13f, -0x1.10b962p-14f, -0x1.cf5da4p-16f, -0x1.7c091p-17f, -0x1.2e5bdcp-18f,
    -0x1.da264ap-20f, -0x1.6935bep-21f, -0x1.0f019p-22f, -0x1.92fdep-24f, -0x1.245b6p-25f, -0x1.9f8b8ap-27f,
    -0x1.290dp-28f, -0x1.9edc56p-30f, -0x1.20035ep-31f, -0x1.8adf26p-33f, -0x1.0a7606p-34f, -0x1.65d53cp-36f,
    -0x1.deef9cp-38f,
};
static _Alignas(64) const float gelu_slope_5[32] = {
    -0x1.af1d12p-5f, 0x1.5f879p-8f, 0x1.466186p-5f, 0x1.edaadcp-7f, -0x1.db6312p-8f, -0x1.7f11e4p-7f, -0x1.e94ef6p-8f,
    -0x1.676d3cp-9f, -0x1.0f9b84p-15f, 0x1.cebfc2p-11f, 0x1.db4558p-11f, 0x1.557806p-11f, 0x1.9c5978p-12f,
    0x1.c2dceep-13f, 0x1.c708d4p-14f, 0x1.afe792p-15f, 0x1.893712p-16f, 0x1.56ffb2p-17f, 0x1.206506p-18f,
    0x1.daea2p-20f, 0x1.7ad17ap-21f, 0x1.28454p-22f, 0x1.c9994cp-24f, 0x1.583f8ap-25f, 0x1.fa8024p-27f,
    0x1.75175p-28f, 0x1.0cab1p-29f, 0x1.7fb8b8p-31f, 0x1.0de05p-32f, 0x1.765af6p-34f, 0x1.019d24p-35f,
    0x1.60a36cp-37f,
};
static _Alignas(64) const float gelu_slope_6[32] = {
    0x1.8f352cp-7f, 0x1.4bec26p-6f, -0x1.c57868p-9f, -0x1.778e26p-7f, -0x1.4c43bp-8f, 0x1.ea56bp-11f, 0x1.63cb02p-9f,
    0x1.105ad4p-9f, 0x1.df1712p-11f, 0x1.a4a48p-13f, -0x1.161fecp-13f, -0x1.8e11a6p-13f, -0x1.3f796p-13f,
    -0x1.a3c43p-14f, -0x1.de0a0cp-15f, -0x1.f341b2p-16f, -0x1.eb4ea4p-17f, -0x1.cd59aap-18f, -0x1.9d135ep-19f,
    -0x1.652f32p-20f, -0x1.2cdecp-21f, -0x1.eafe1cp-23f, -0x1.888588p-24f, -0x1.3357p-25f, -0x1.d85c58p-27f,
    -0x1.5d946ep-28f, -0x1.08e2e6p-29f, -0x1.84bb1ap-31f, -0x1.14e93p-32f, -0x1.92db7ap-34f, -0x1.1c683cp-35f,
    -0x1.8a8142p-37f,
};
#endif

/* a e^(a^2/2) Phi(-a) in 1 / a^2, 8.03 <= a <= 15, relative: 0.15 units. */
#define FAR_MILLS_0 0x1.988446p-2f
#define FAR_MILLS_1 -0x1.986a62p-2f
#define FAR_MILLS_2 0x1.2de524p0f
#define FAR_MILLS_3 -0x1.28f882p2f

/* ---- 8 entries ---- */

#if V_PICKS == 8

/* e^(a^2/2) Phi(-a), relative: 0.25 units. */
static _Alignas(64) const float mills_centre[8] = {
    0x1.99b64p-1f, 0x1.585b96p0f, 0x1.131b34p1f, 0x1.9f9d84p1f, 0x1.35775ap2f, 0x1.c302acp2f, 0x1.057eb2p-3f,
    0x1.9a248cp-2f,
};
static _Alignas(64) const float mills_0[8] = {
    0x1.2ab78ap-2f, 0x1.c3e538p-3f, 0x1.4605c8p-3f, 0x1.d1126ep-4f, 0x1.450786p-4f, 0x1.c6ef8ap-5f, 0x1.cfbedcp-2f,
    0x1.7e19b2p-2f,
};
static _Alignas(64) const float mills_1[8] = {
    -0x1.52f4c2p-3f, -0x1.a255fp-4f, -0x1.d14bc6p-5f, -0x1.efecfp-6f, -0x1.f356bep-7f, -0x1.f17cdcp-8f,
    -0x1.5d4dfp-2f, -0x1.fef2ccp-3f,
};
static _Alignas(64) const float mills_2[8] = {
    0x1.4631eap-4f, 0x1.55115p-5f, 0x1.300b9p-6f, 0x1.f40a84p-8f, 0x1.73752ep-9f, 0x1.0b577ep-10f, 0x1.a3252cp-3f,
    0x1.17c674p-3f,
};
static _Alignas(64) const float mills_3[8] = {
    -0x1.15ec12p-5f, -0x1.f7d896p-7f, -0x1.717c24p-8f, -0x1.e0189cp-10f, -0x1.0c457ap-11f, -0x1.1a9f3p-13f,
    -0x1.ae105p-4f, -0x1.09eefcp-4f,
};
static _Alignas(64) const float mills_4[8] = {
    0x1.adf7aap-7f, 0x1.573bf2p-8f, 0x1.a5e5a8p-10f, 0x1.b93a58p-12f, 0x1.78b45cp-14f, 0x1.2603bep-16f,
    0x1.87bd26p-5f, 0x1.c5200cp-6f,
};
static _Alignas(64) const float mills_5[8] = {
    -0x1.334cbep-8f, -0x1.b4edcap-10f, -0x1.c97808p-12f, -0x1.86246p-14f, -0x1.034e7p-16f, -0x1.2def7p-19f,
    -0x1.432aap-6f, -0x1.5c47b2p-7f,
};
static _Alignas(64) const float mills_6[8] = {
    0x1.9e5482p-10f, 0x1.0992c6p-11f, 0x1.e5bef4p-14f, 0x1.539fb6p-16f, 0x1.6cdf14p-19f, 0x1.3a67cep-22f,
    0x1.e0a72cp-8f, 0x1.e321a6p-9f,
};
static _Alignas(64) const float mills_7[8] = {
    -0x1.e3009p-12f, -0x1.235e32p-13f, -0x1.bd352p-16f, -0x1.0d9e42p-18f, -0x1.adcf7cp-22f, -0x1.2523cp-25f,
    -0x1.e00144p-9f, -0x1.2d791cp-8f,
};
#endif

#endif
