import torch
from diffusers import UNet2DConditionModel
from transformers import CLIPTextModel, PreTrainedTokenizerFast

from emend_train.checkpoint import export, load_exported
from emend_train.config import ModelConfig
from emend_train.losses import changed_pixels, edit_loss, edit_score
from emend_train.model import EmendModel, Prediction, blur, coordinates
from emend_train.schedule import add_noise, make_scheduler
from emend_train.tokenizer import train_tokenizer
from emend_train.words import Vocabulary, changed_words

TEXTS = ["make the boat red", "add a tree on the left", "turn it into a pencil drawing"] * 50
SMALL = ModelConfig(block_out_channels=(32, 64, 64), width=64, text_layers=2, vocabulary=400)


def small_model():
    torch.manual_seed(0)
    tokenizer = train_tokenizer(TEXTS, SMALL.vocabulary, SMALL.text_tokens)
    return EmendModel(SMALL, tokenizer).eval(), tokenizer


def test_the_tokenizer_pads_cuts_and_keeps_the_end_token():
    tokenizer = train_tokenizer(TEXTS, 400, 32)
    ids = tokenizer(["Make the BOAT red", "red " * 100], padding="max_length", truncation=True).input_ids
    assert [len(row) for row in ids] == [32, 32]
    assert ids[0][0] == tokenizer.bos_token_id
    assert ids[0].count(tokenizer.eos_token_id) == 1
    assert ids[1][-1] == tokenizer.eos_token_id != 2
    assert tokenizer(["make the boat red"]).input_ids[0] == tokenizer(["  Make the  boat RED"]).input_ids[0]


def test_encode_and_decode_are_inverse():
    model, _ = small_model()
    pictures = torch.randint(0, 256, (2, 64, 64, 3), dtype=torch.uint8)
    codes = model.encode(pictures)
    assert codes.shape == (2, 48, 16, 16)
    assert torch.equal(model.decode(codes), pictures)


def test_the_fresh_head_copies_the_source():
    model, _ = small_model()
    source = torch.randn(2, 48, 16, 16)
    assert torch.allclose(model.head(torch.zeros(2, SMALL.head_channels, 16, 16), source).picture, source)


def test_a_closed_gate_keeps_the_source_pixel_whatever_the_network_says():
    model, _ = small_model()
    source, raw = torch.randn(1, 48, 16, 16), torch.randn(1, SMALL.head_channels, 16, 16)
    raw[:, 48:64] = 40.0
    assert torch.allclose(model.head(raw, source).picture, source, atol=1e-5)


def test_a_colour_matrix_and_a_blur_need_no_redrawing():
    model, _ = small_model()
    source, raw = torch.rand(1, 48, 16, 16) - 0.5, torch.zeros(1, SMALL.head_channels, 16, 16)
    raw[:, 48:64] = -40.0  # open gates
    raw[:, 80], raw[:, 84], raw[:, 88] = -2, -2, -2
    assert torch.allclose(model.head(raw, source).picture, -source, atol=1e-5)
    raw[:, 80:] = 0
    raw[:, 89] = 1
    expected = blur(source, SMALL.blur_sigmas[0], 4)
    assert torch.allclose(model.head(raw, source).picture, expected, atol=1e-5)
    flat = torch.full_like(source, 0.3)
    assert torch.allclose(blur(flat, 2.4, 4), flat, atol=1e-5)


def test_the_places_of_cells_run_from_left_to_right_and_top_to_bottom():
    x, y = coordinates(torch.zeros(1, 48, 2, 4))[0]
    assert x[0].tolist() == x[1].tolist() == [-0.75, -0.25, 0.25, 0.75] and y[:, 0].tolist() == [-0.5, 0.5]


def test_what_an_edit_changes_in_a_caption():
    old, new = changed_words("a red boat and a sad cat on the sea", "a red boat and a happy cat on the sea")
    assert old == {"a", "sad", "cat"} and new == {"a", "happy", "cat"}
    words = Vocabulary(["cat", "happy", "sea"])
    note = {"sourceCaption": "a sad cat on the sea", "targetCaption": "a happy cat on the sea"}
    rows = words.targets("cheer up the cat", note).view(3, 3).tolist()
    assert rows == [[True, False, False], [True, False, False], [True, True, False]]


def test_pure_noise_carries_nothing_of_the_picture():
    alphas = make_scheduler().alphas_cumprod
    clean, noise = torch.ones(1, 48, 2, 2), torch.randn(1, 48, 2, 2)
    assert torch.allclose(add_noise(clean, noise, torch.tensor([999]), alphas), noise, atol=1e-4)


def test_the_loss_is_zero_only_for_the_target():
    source, target = torch.zeros(1, 48, 4, 4), torch.zeros(1, 48, 4, 4)
    target[:, :, 1, 1] = 0.5
    sure = (changed_pixels(source, target, 4) * -2 + 1) * 30
    perfect, gate = edit_loss(Prediction(target, sure), source, target, 4)
    copied, _ = edit_loss(Prediction(source, sure), source, target, 4)
    assert perfect.abs() < 1e-5 and gate < 1e-5 and copied > 0.2


def test_the_score_is_one_for_the_target_and_zero_for_a_copy():
    source = torch.zeros(1, 8, 8, 3, dtype=torch.uint8)
    target = source.clone()
    target[0, :4, :4] = 200
    assert [float(x) for x in edit_score(target, source, target)] == [1, 0]
    assert [float(x) for x in edit_score(source, source, target)] == [0, 0]
    noisy = target.clone()
    noisy[0, 6, 6] = 255
    assert float(edit_score(noisy, source, target)[1]) > 0


def test_the_exported_folder_loads_in_diffusers_and_transformers(tmp_path):
    model, tokenizer = small_model()
    export(model, tokenizer, tmp_path / "mini", dtype=torch.float32, notes={"samples": 1})
    unet = UNet2DConditionModel.from_pretrained(tmp_path / "mini" / "unet")
    text = CLIPTextModel.from_pretrained(tmp_path / "mini" / "text_encoder")
    loaded = PreTrainedTokenizerFast.from_pretrained(tmp_path / "mini" / "tokenizer")
    ids = loaded(["make the boat red"], padding="max_length", return_tensors="pt").input_ids
    assert ids.shape == (1, SMALL.text_tokens)
    with torch.no_grad():
        expected, pooled = model.text(ids)
        assert torch.allclose(text(ids).last_hidden_state, expected, atol=1e-5)
        task = model.task_embeddings[:1]
        x, context = torch.randn(1, 98, 16, 16), torch.cat([expected, task[:, None]], 1)
        label = torch.cat([task, pooled], 1)
        ours = model.unet(x, torch.tensor([10]), context, class_labels=label).sample
        theirs = unet(x, torch.tensor([10]), context, class_labels=label).sample
    assert torch.allclose(ours, theirs, atol=1e-4)
    other = EmendModel(SMALL, tokenizer)
    load_exported(other, tmp_path / "mini")
    loaded = other.state_dict()  # the guess of the task only trains the text encoder, and is not exported
    assert all(torch.equal(loaded[k], v) for k, v in model.state_dict().items() if not k.startswith("predictor."))
