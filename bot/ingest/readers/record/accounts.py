"""Accounts on other sites: from a handle to its address and from an address to its site; fetches nothing."""

import re
from collections.abc import Iterable

# As the sites themselves build addresses; what is not here needs a link in the document.
SITES = {
    "twitter": ("Twitter", "https://twitter.com/{}"),
    "x": ("Twitter", "https://twitter.com/{}"),
    "github": ("GitHub", "https://github.com/{}"),
    "gitlab": ("GitLab", "https://gitlab.com/{}"),
    "linkedin": ("LinkedIn", "https://www.linkedin.com/in/{}"),
    "facebook": ("Facebook", "https://www.facebook.com/{}"),
    "instagram": ("Instagram", "https://www.instagram.com/{}"),
    "medium": ("Medium", "https://medium.com/@{}"),
    "youtube": ("YouTube", "https://www.youtube.com/@{}"),
    "twitch": ("Twitch", "https://www.twitch.tv/{}"),
    "keybase": ("Keybase", "https://keybase.io/{}"),
    "speakerdeck": ("Speaker Deck", "https://speakerdeck.com/{}"),
    "slideshare": ("SlideShare", "https://www.slideshare.net/{}"),
    "devto": ("DEV", "https://dev.to/{}"),
    "bluesky": ("Bluesky", "https://bsky.app/profile/{}"),
    "telegram": ("Telegram", "https://t.me/{}"),
    "orcid": ("ORCID", "https://orcid.org/{}"),
    "xing": ("XING", "https://www.xing.com/profile/{}"),
    "googlescholar": ("Google Scholar", ""),
    "stackoverflow": ("Stack Overflow", ""),
    "mastodon": ("Mastodon", ""),
    "researchgate": ("ResearchGate", ""),
    "meetup": ("Meetup", ""),
    "discord": ("Discord", ""),
    "codepen": ("CodePen", "https://codepen.io/{}"),
    "dribbble": ("Dribbble", "https://dribbble.com/{}"),
    "behance": ("Behance", "https://www.behance.net/{}"),
    "vimeo": ("Vimeo", "https://vimeo.com/{}"),
    "soundcloud": ("SoundCloud", "https://soundcloud.com/{}"),
    "bandcamp": ("Bandcamp", "https://{}.bandcamp.com"),
    "lanyrd": ("Lanyrd", "https://lanyrd.com/profile/{}"),
    "skype": ("Skype", ""),
    "blog": ("", ""),
}
_HANDLE = re.compile(r"@?([\w.-]{1,60})\Z", re.ASCII)
_FEDIVERSE = re.compile(r"@?([\w.-]{1,60})@([\w-]+(?:\.[\w-]+)+)\Z", re.ASCII)
_BARE = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?\Z", re.IGNORECASE)
_REPOSITORY = re.compile(
    r"https?://(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|sourceforge\.net)/[^/\s]+/[^/\s]+",
    re.IGNORECASE,
)
_ROOT = re.compile(r"https?://[^\s/?#]+/?", re.IGNORECASE)
_PATH = re.compile(r"/[\w-][^\s]*")
_HOST = re.compile(r"https?://(?:www\.|m\.|mobile\.)?([^/\s:?#]+)", re.IGNORECASE)


def account_url(network: str, handle: str) -> str:
    """The address of an account that is given by site and handle, or by its address; empty where it is not known."""
    handle = handle.strip()
    if handle.lower().startswith(("http://", "https://")):
        return handle if not any(char.isspace() for char in handle) else ""
    site = SITES.get(_plain(network))
    away = _FEDIVERSE.match(handle)
    if away is not None and (site is None or site[0] == "Mastodon"):
        return f"https://{away[2]}/@{away[1]}"
    if "/" in handle and _BARE.match(handle):
        return f"https://{handle}"
    match = _HANDLE.match(handle)
    if site is None or not site[1] or match is None:
        return ""
    return site[1].format(match[1])


def platform_of(url: str) -> str:
    """The site an address belongs to, as it calls itself; empty for any other."""
    match = _HOST.match(url)
    if match is None:
        return ""
    host = match[1].lower()
    for name, template in SITES.values():
        known = _HOST.match(template.format("_")) if template else None
        if known is not None and (host == known[1] or host.endswith("." + known[1])):
            return name
    return {"scholar.google.com": "Google Scholar", "x.com": "Twitter", "stackoverflow.com": "Stack Overflow"}.get(
        host, ""
    )


def site_name(network: str) -> str:
    """How a site calls itself; empty for what is none that is known."""
    site = SITES.get(_plain(network))
    return site[0] if site is not None else ""


def link_of(text: str) -> str:
    """A web address that may have been written without its scheme; empty for anything else."""
    text = text.strip()
    if text.startswith(("git+http", "git://")):
        text = text.removeprefix("git+").replace("git://", "https://", 1).removesuffix(".git")
    if text.lower().startswith(("http://", "https://")):
        return text if not any(char.isspace() for char in text) else ""
    return f"https://{text}" if _BARE.match(text) else ""


def on_site(path: str, sites: Iterable[str]) -> str:
    """The whole address of a path on the one site that is given by its root: `/event/ropes` on `https://loom.example`."""
    roots = {site.rstrip("/") for site in sites if _ROOT.fullmatch(site.strip())}
    return f"{roots.pop()}{path}" if len(roots) == 1 and _PATH.fullmatch(path) else ""


def _plain(network: str) -> str:
    return "".join(char for char in network.casefold() if char.isalnum())


def is_repository(url: str) -> bool:
    """Whether an address is that of source code, not of somebody's account where it is kept."""
    return _REPOSITORY.match(url) is not None
