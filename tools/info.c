/* SPDX-License-Identifier: MIT */
/* actfn info: the kernels that run here, and why. */
#include "command.h"
#include "lookup.h"
#include "message.h"
#include "print.h"

#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

/* The model as the kernel names it.  Some architectures name none. */
static void cpu_model(char *text, size_t size)
{
    text[0] = '\0';
    FILE *file = fopen("/proc/cpuinfo", "re");
    char *found = NULL, line[512];
    while (file && !found && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        if (strncmp(line, "model name", 10) == 0 || strncmp(line, "Model", 5) == 0)
            found = strchr(line, ':');
    }
    if (found)
        snprintf(text, size, "%s", found + 1 + strspn(found + 1, " \t"));
    if (file)
        fclose(file);
}

static long cpu_count(void)
{
    cpu_set_t set;
    return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : sysconf(_SC_NPROCESSORS_ONLN);
}

/* The environment's request, and its result. */
struct wish {
    const char *value; /* NULL: no request */
    const char *effect;
};

static struct wish isa_wish(const struct arguments *arguments)
{
    struct wish wish = { secure_getenv("ACTFN_ISA"), NULL };
    if (!wish.value)
        return wish;
    wish.effect = "unknown value, ignored";
    const char *isa;
    for (int i = 0; (isa = actfn_isa_at(i)); i++)
        if (strcmp(isa, wish.value) == 0)
            wish.effect = arguments->isa ? "overruled by --isa" : "no better one is chosen";
    return wish;
}

/* The environment's text must not control the terminal. */
static void print_safely(const char *text)
{
    for (; *text; text++)
        putchar((unsigned char)*text < ' ' || *text == '\x7f' ? '?' : *text);
}

/* Whether the library has no kernels of the accurate mode. */
static bool without_sleef(void)
{
    return actfn_forward_f32(ACTFN_IDENTITY, ACTFN_ACCURATE, NULL, 0, NULL, NULL) == ACTFN_ERR_MODE;
}

static void print_text(const struct wish *wish, const char *model, const char *machine)
{
    const char *isa;
    printf("libactfn         %s", actfn_version_string());
    if (actfn_version() != ACTFN_VERSION_MAJOR * 10000 + ACTFN_VERSION_MINOR * 100 + ACTFN_VERSION_PATCH)
        printf(" (this command was built for %d.%d.%d)", ACTFN_VERSION_MAJOR, ACTFN_VERSION_MINOR, ACTFN_VERSION_PATCH);
    printf("\nSLEEF            %s%s\n", actfn_sleef_version(), without_sleef() ? " (there is no accurate mode)" : "");
    printf("CPU              %s%s%s, %ld available\n", model, *model ? ", " : "", machine, cpu_count());
    printf("instruction set  %s\n", actfn_isa_name());
    for (int i = 0; (isa = actfn_isa_at(i)); i++)
        printf("  %-14s %s\n", isa, actfn_isa_reason(isa));
    fputs("ACTFN_ISA        ", stdout);
    if (wish->value) {
        putchar('\'');
        print_safely(wish->value);
        printf("' (%s)\n", wish->effect);
    } else {
        puts("not set");
    }
}

static void print_json(const struct wish *wish, const char *model, const char *machine)
{
    const char *isa;
    fputs("{\"version\": ", stdout);
    json_string(actfn_version_string());
    printf(", \"command_version\": \"%d.%d.%d\", \"sleef\": ", ACTFN_VERSION_MAJOR, ACTFN_VERSION_MINOR,
           ACTFN_VERSION_PATCH);
    json_string(without_sleef() ? NULL : actfn_sleef_version());
    fputs(without_sleef() ? ", \"modes\": [\"fast\"]" : ", \"modes\": [\"accurate\", \"fast\"]", stdout);
    fputs(", \"cpu\": {\"model\": ", stdout);
    json_string(*model ? model : NULL);
    fputs(", \"machine\": ", stdout);
    json_string(machine);
    printf(", \"available\": %ld}, \"isa\": ", cpu_count());
    json_string(actfn_isa_name());
    fputs(", \"isas\": [", stdout);
    for (int i = 0; (isa = actfn_isa_at(i)); i++) {
        fputs(i ? ", {\"name\": " : "{\"name\": ", stdout);
        json_string(isa);
        printf(", \"available\": %s, \"reason\": ", actfn_isa_available(isa) ? "true" : "false");
        json_string(actfn_isa_reason(isa));
        putchar('}');
    }
    fputs("], \"environment\": {\"ACTFN_ISA\": ", stdout);
    json_string(wish->value);
    fputs(", \"effect\": ", stdout);
    json_string(wish->effect);
    puts("}}");
}

int command_info(const struct arguments *arguments)
{
    const int code = lookup_isa(arguments->isa);
    if (code != CODE_OK)
        return code;
    char model[256];
    struct utsname system;
    cpu_model(model, sizeof model);
    if (uname(&system) != 0)
        strcpy(system.machine, "unknown machine");
    const struct wish wish = isa_wish(arguments);
    (arguments->given & OPTION_JSON ? print_json : print_text)(&wish, model, system.machine);
    return finish_stdout();
}
