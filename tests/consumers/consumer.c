/* SPDX-License-Identifier: MIT */
/* A user's program, valid C and C++.  The library can be called, has the version of its header, and computes. */
#include <actfn.h>

#include <stdio.h>

int main(void)
{
    const float x[3] = { -1.0f, 0.0f, 1.0f };
    float y[3];
    if (actfn_version() != ACTFN_VERSION_MAJOR * 10000 + ACTFN_VERSION_MINOR * 100 + ACTFN_VERSION_PATCH) {
        printf("the header is not of library %s\n", actfn_version_string());
        return 1;
    }
    if (actfn_gelu_f32(3, x, y) != ACTFN_OK)
        return 2;
    printf("actfn %s on %s: gelu(1) = %.7f\n", actfn_version_string(), actfn_isa_name(), (double)y[2]);
    return y[1] == 0.0f && y[2] > 0.84134f && y[2] < 0.84135f && y[0] > -0.15866f && y[0] < -0.15865f ? 0 : 3;
}
