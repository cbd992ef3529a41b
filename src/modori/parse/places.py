"""Where in the words of a report the address of a recipient stands: a list, a label, a sentence.

Each kind of place has a rank. The addresses at the surest place that any stands in are the recipients; all others in
the words are somebody else's: the sender's, the help desk's, an identifier's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from modori.knowledge.dialect import ADDRESS
from modori.octets.addresses import address, addresses, clean
from modori.parse import autoreply
from modori.parse.anatomy import Anatomy
from modori.parse.divide import TEXT_LIMIT
from modori.parse.dsn import is_cut

# What stands before and after an address on its line, surest place first. Before: up to 80 characters, in lower case.
_LABEL = (
    r"\b(?:recipients?|to|address(?:es|ed to)?|user|rcpt|mailbox|destinat\w{3,7}|empf.nger|получател\w{1,3}|"
    r"адресат\w{0,3}|odbiorc\w|adresat\w?|příjemc\w|"
    r"ontvangers?|mottagare|modtager|vastaanottaja|címzett|alıcı|người nhận|παραλήπτης|المستلم|"
    r"宛て?先|あて先|送信先|受信者|受信先|届け先|送り先|(?:不達|エラー|メール)アドレス|"
    r"收件人|收信人|收件者|받는 ?사람|수신자|수신인)\b"
)
_WORD = (
    r"(?:\b(?:to|for|address|addressed(?: to)?|recipients?|user|mailbox|account|an|à|para|für|al?|aan|bij|do|til|till|"
    r"destinat\w{4,7}|получателю|адресату|по адресу)[ \t\n,]{1,8}|(?:送达|发送至|发送给|收件人)[ \t]{0,4})"
)
_PARTICLE = r"[\"'>)」』】》”）]{0,2}[ \t]{0,2}(?:へ|に|宛|は|様|さん|에|에게|로|님|adresine)"
_BULLET = r"(?:\A|\n)[ \t\u3000]{0,12}(?:[\[(]?\d{1,3}[\])][.:]?|\d{1,3}[.:]|[>*•・·○●◆◇■□▪–→⇒※▶\"'-]|[=-]>)[ \t]{0,8}"
_PLACES = tuple(
    (re.compile(before + r"\Z"), re.compile(after))
    for before, after in (
        (r"(?:\A|\n)[ \t>*-]{0,12}<", r">[ \t]*:"),
        (r"rcpt to: ?<?", r""),
        (r"(?:\A|\n)[ \t>]{0,12}[45]\d\d[ -](?:[45]\.\d{1,3}\.\d{1,3} )?<?", r">?:? [^\n]"),
        (r"(?:\A|\n)[ \t>*•\"'-]{0,20}(?:mailto:|smtp:)?<?", r">?[ \t.,;:\"']{0,4}(?:\n|\Z)"),
        (_BULLET + r"(?:mailto:|smtp:)?[<\"']?", r"[>\"']?[ \t.,;:]{0,4}(?:\n|\Z)"),
        (_LABEL + r"[^\n:：=@]{0,40}[:：=][ \t\u3000]{0,20}[\[\"'<(「]{0,2}(?:smtp:)?", r""),
        (r"(?:\A|\n)[ \t>*•\[\"'-]{0,12}(?:mailto:|smtp:)?<?", r"[>\]\"']{0,2}[ \t\u3000(（:：;,、|-]"),
        (_BULLET + r"(?:mailto:|smtp:)?[<\"']?", r"[>\]\"']{0,2}[ \t\u3000(（:：;,、|-]"),
        (_LABEL + r"[^\n@:：]{0,20}(?:\t|[ \u3000]{2,20})<?", r">?[ \t]{0,4}(?:\n|\Z)"),
        (r"[^\s:：] {0,2}[:：][ \t]{1,20}(?:smtp:)?[\[\"'<(]{0,2}", r"[>\]\"')]{0,2}[ \t.;,]{0,4}(?:\n|\Z)"),
        (_WORD + r"[\"'<(\[]{0,2}", r""),
        (r"", _PARTICLE),
        (_WORD + r"[\"']?[^\n@<>:]{1,60}<", r">"),
        (r"(?:\A|\n)[ \t]{0,12}[\"']?[^\n@<>:]{1,60}<", r">[ \t.,;:]{0,4}(?:\n|\Z)"),
        (r"[<\"'(「『【《“„«‘（]", r"[>\"')」』】》”“»’）]"),
        (r"", r""),
    )
)
_NOWHERE = len(_PLACES)
_ANYWHERE = _NOWHERE - 1  # believed of a mail server that names nobody else
_SENTENCE = 10  # the first rank within one
# Between two addresses of one list: the second stands where the first does.
_JOINT = re.compile(
    r"[>\]\"')]{0,2}[ \t]{0,4}(?:[,;、，；&]|and|und|et|y|e|и|と|及び)[ \t\n]{1,8}"
    r"(?:\"?[^\n@<>:,;]{1,60}<|[<\"'(\[]{0,2})"
)
BEFORE = 80
_LONGEST = 128  # letters of a local part
_ADDRESS = re.compile(ADDRESS)
# Whom the reader may write to is not whom the letter did not reach: "please contact", "do not reply to".
_INVITED = re.compile(
    r"(?:\b(?:contact|write|reply|respond|answer|forward(?: it| this)?|report (?:it|this)|reach us|"
    r"mail us|(?:please|send) (?:an )?e?-?mail|contactez|escriba|kontaktieren sie|"
    r"wenden sie sich)\b(?: (?:to|at|a|à|an|us|us at|our help ?desk|the administrator|an? e-?mail to)){0,2}|"
    r"お問い?合わ?せ(?:先)?[はへ]?|ご連絡先?[はへ]?)[ \t\n:：]{0,4}[<\"'(\[]{0,2}\Z"
)
# Nor is the sender, a help desk or an identifier behind its label.
_SENDER = re.compile(
    r"(?:\b(?:from|sender|reply-to|return-path|errors-to|message[ -]id|von|absender|expéditeur|remitente|mittente|"
    r"отправитель|от|questions?|[ei]nquir\w{2,3}|support|help ?desk|kontakt|contact[os]?|contatto|fragen)|"
    r"差出人|送信者|送信元|发件人|发信人|寄件者|보낸 ?사람|발신자)(?: ad[a-z]{4,5})?"
    r"[ \t\u3000]{0,4}[:：][ \t\u3000]{0,20}[<\"'(\[「]{0,2}\Z"
)
_ARRIVED = re.compile(
    r"(?i)[>\]\"')]{0,2}[ \t:=-]{1,12}(?:successfully )?(?:delivered|relayed|accepted|sent|ok|success|zugestellt|remis|"
    r"entregado|consegnato|доставлено|配信済|送信済|配信完了|送信完了)(?!\w)"
)
_COUNTED = re.compile(r"[ \t:(]{1,20}(?![45]\d\d\b)\d{1,6}\)?[ \t]{0,20}(?:\n|\Z)")  # a row of somebody's statistics
_HELPERS = re.compile(r"(?i)^(?:postmaster|abuse|support|help|helpdesk|mailer-daemon|hostmaster)@")
_MOST = 1000


def recipients(anatomy: Anatomy, text: str, surest: bool = False) -> list[str]:
    """The addresses in the surest place that any stands in; `surest`: only of a list or behind a label."""
    head = anatomy.letter.head
    own = {a.lower() for a in addresses(head.get(b"to", b""))[:20]} | {address(head.get(b"from", b"")).lower()}
    best = last = _NOWHERE
    after = 0
    found: dict[str, None] = {}  # an ordered set
    for hit in islice(mentions(text[:TEXT_LIMIT]), _MOST):
        candidate = clean(hit[0].encode())
        if candidate.lower() in own or _HELPERS.match(candidate) or is_cut(candidate):
            continue
        place = last if after and _JOINT.fullmatch(text, after, hit.start()) else _place(text, hit)
        last, after = place, hit.end()
        if place < best:
            best, found = place, {}
        if place == best < _NOWHERE:
            found[candidate] = None
    if best == _ANYWHERE and (len(found) > 1 or not autoreply.is_server(head)):
        return []
    return [] if surest and best >= _SENTENCE else list(found)


def mentions(text: str) -> Iterator[re.Match[str]]:
    """Every address in the text. The pattern alone would try each letter of each word: here only words with an @."""
    end, at = 0, text.find("@")
    while at >= 0:
        word = text[max(end, at - _LONGEST) : at].rsplit(None, 1)[-1:]
        hit = _ADDRESS.search(text, at - len(word[0]) if word else at)
        if hit is None:
            return
        yield hit
        end = hit.end()
        at = text.find("@", end)


def _place(text: str, hit: re.Match[str]) -> int:
    begin = max(0, hit.start() - BEFORE)
    before = ("" if begin == 0 else " ") + text[begin : hit.start()].lower()
    if _INVITED.search(before) or _SENDER.search(before) or _COUNTED.match(text, hit.end()):
        return _NOWHERE
    if _ARRIVED.match(text, hit.end()):
        return _NOWHERE
    for rank, (left, right) in enumerate(_PLACES):
        if right.match(text, hit.end()) and left.search(before):
            return rank
    return _NOWHERE
