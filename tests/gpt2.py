"""The Transformer of the course as transformers' GPT-2, to compare with."""

GPT2 = {"words": "wte", "places": "wpe", "blocks": "h", "norm": "ln_f",
        "norm1": "ln_1", "qkv": "attn.c_attn", "out": "attn.c_proj",
        "norm2": "ln_2", "up": "mlp.c_fc", "down": "mlp.c_proj"}  # fmt: skip


def gpt2(model, **options):
    """transformers' GPT-2 with the weights of `model`; it keeps matrices transposed.

    Its own GELU is an approximation by tanh, ours is the exact one.
    """
    from transformers import GPT2Config, GPT2LMHeadModel

    c, options = model.config, {"activation_function": "gelu", **options}
    theirs = GPT2LMHeadModel(
        GPT2Config(
            vocab_size=c.vocabulary, n_positions=c.context, n_embd=c.width,
            n_layer=c.layers, n_head=c.heads, bos_token_id=0, eos_token_id=None,
            resid_pdrop=0, embd_pdrop=0, attn_pdrop=0, **options,
        )
    ).eval()  # fmt: skip
    state = {}
    for name, w in model.state_dict().items():
        key = ".".join(GPT2.get(part, part) for part in name.split("."))
        state[f"transformer.{key}"] = w.T if ".c_" in key and w.ndim == 2 else w
    state["lm_head.weight"] = model.words.weight
    theirs.load_state_dict(state)
    return theirs
