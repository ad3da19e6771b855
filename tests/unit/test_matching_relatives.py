"""What may be merged unasked although relatives come near, and what is told apart by what relatives look like."""

from __future__ import annotations

from tests.unit.test_matching_scenarios import at, named, place, told, vat_id


def test_swapped_names_at_one_address_are_merged() -> None:
    story = named(
        "swap",
        {"first_name": "Gerlinde", "last_name": "Tannhuber"},
        {"first_name": "Tannhuber", "last_name": "Gerlinde"},
        **place(43),
    )
    assert told(story, "person", "swap1", "swap2") == ("auto", "duplicate")


def test_a_branch_in_another_town_stays_a_question_or_none() -> None:
    firm = {"company_name": "Schilfrohr Optik GmbH", "website": "schilfrohr.example"}
    story = named("branch", {**place(45), "phone": "089 99998 145"}, {**place(46), "phone": "030 23125 146"}, **firm)
    assert told(story, "company", "branch1", "branch2")[0] in ("", "review")


def test_the_own_address_and_the_one_at_work_do_not_contradict() -> None:
    """That everybody has an address at example.net, this file tells; no list knows."""
    addresses = ({"email": "u.k.91@example.net"}, {"email": "udo.kiebitz@moorgas.example"})
    work = {"company_name": "Moorgas Technik GmbH", "last_name": "Kiebitz"}
    story = named("mailboxes", *addresses, **work, first_name="Udo", **place(47), phone="089 99998 147")
    assert told(story, "contact", "mailboxes1", "mailboxes2") == ("auto", "duplicate")
    one, other = addresses
    story = named(
        "siblings",
        {**one, "first_name": "Ute"},
        {**other, "first_name": "Udo"},
        **work,
        **place(48),
        phone="089 99998 148",
    )
    assert told(story, "contact", "siblings1", "siblings2")[0] != "auto"


def sisters(n: int) -> list[dict[str, str]]:
    """Companies with a sister each at their address, told apart by their ids."""
    names = ("Ahle", "Birk", "Dorn", "Erle", "Föhr", "Ginst", "Hasel", "Ilex", "Kork", "Linde", "Mispel", "Nessel")
    found = []
    for number, name in enumerate(names[:n], start=50):
        firms = (f"{name}enhain Metall GmbH", f"{name}enhain Metall Digital GmbH")
        ids = (vat_id(41_000_000 + number), vat_id(42_000_000 + number))
        told_apart = ({"company_name": firm, "vat_id": own} for firm, own in zip(firms, ids, strict=True))
        found += named(f"{name}-", *told_apart, **at(number))
    return found


def test_sisters_that_ids_tell_apart_teach_what_a_sister_is() -> None:
    pair = ({"company_name": "Quendelberg Metall GmbH"}, {"company_name": "Quendelberg Metall Digital GmbH"})
    story = named("sister", *pair, **at(70), email="info@quendelberg.example", vat_id=vat_id(43_111_111))
    assert told(story, "company", "sister1", "sister2")[0] == "review"
    assert told([*sisters(12), *story], "company", "sister1", "sister2")[0] == ""


def test_what_became_of_a_company_teaches_nothing_about_sisters() -> None:
    """A company that came back with another form and new ids is none, and makes equal names no sign of sisters."""
    firm = {"company_name": "Quendelberg Metall GmbH", **place(71), "phone": "089 99998 171"}
    story = named("same", firm, {**firm, "phone": "089 99998 172"}, email="info@quendelberg.example")
    successors = [{**each, "company_name": each["company_name"].replace("Digital GmbH", "AG")} for each in sisters(12)]
    assert told([*successors, *story], "company", "same1", "same2") == ("auto", "duplicate")


def test_a_word_more_at_one_address_is_one_company_and_a_word_each_a_question() -> None:
    here = {**at(72), "website": "", "email": "post@quendel.example"}
    names = ("Quendelberg Amsel", "Quendelberg Amsel Kranich", "Quendelberg Amsel Rebhuhn")
    story = named("word", *({"company_name": name} for name in names), **here)
    assert told(story, "company", "word1", "word2") == ("auto", "duplicate")
    assert told(story, "company", "word2", "word3") == ("review", "duplicate")


def test_under_one_register_number_another_form_is_miswritten() -> None:
    firm = {**at(73), "register_number": "Amtsgericht Köln HRA 4173"}
    forms = ("GmbH & Co. KG", "GmbH")
    story = named("entry", *({"company_name": f"Quendelberg Metall {form}"} for form in forms), **firm)
    assert told(story, "company", "entry1", "entry2") == ("auto", "duplicate")
