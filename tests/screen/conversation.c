#include "tests/screen/conversation.h"

#include <stdlib.h>

#include "tui/plain/plain.h"
#include "tui/view/views.h"

struct talk {
    struct text answers;
    struct buffer *out;
};

static void tell(void *context, struct text line)
{
    struct talk *talk = context;

    buffer_text(talk->out, line);
    buffer_byte(talk->out, '\n');
}

static bool ask(void *context, struct text prompt, bool secret, struct buffer *answer)
{
    struct talk *talk = context;
    struct text said;

    buffer_text(talk->out, prompt);
    if (!text_present(talk->answers) || talk->answers.len == 0) {
        buffer_string(talk->out, "(nobody answers)\n");
        return false;
    }
    said = text_split(talk->answers, '\n', &talk->answers);
    buffer_text(answer, said);
    buffer_text(talk->out, secret ? TEXT("***") : said);
    buffer_byte(talk->out, '\n');
    return true;
}

void conversation(struct store *store, enum language language, struct text answers,
                  struct buffer *out)
{
    struct talk talk = { answers, out };
    struct plain_io io = { &talk, tell, ask };
    struct app *app = memory_new(sizeof *app);
    struct codes *codes = codes_new(store);

    codes_refresh(codes);
    app_start(app, store, codes, language);
    sign_in_open(app);
    plain_run(app, &io);
    app_end(app);
    codes_free(codes);
    free(app);
}
