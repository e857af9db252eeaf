"""One process as it runs at several sites: its variants, each a process of its own."""

from collections.abc import Collection

from django.db.models import Q, QuerySet
from django.utils import timezone

from challenges.processes.models import Process
from hub.people.models import User


def root_of(process: Process) -> object:
    """The id under which the variants of one process belong together."""
    return process.variant_of_id or process.pk


def variants_of(process: Process, user: User) -> "QuerySet[Process]":
    """The other variants that this person may see, by site."""
    root = root_of(process)
    others = Process.objects.visible_to(user).filter(Q(pk=root) | Q(variant_of=root)).exclude(pk=process.pk)
    return others.without_file().select_related("site", "owner").order_by("site__name", "title", "pk")


def offered_roots(process: Process, user: User) -> "QuerySet[Process]":
    """What this process may be called a variant of: processes that are not variants themselves, and what it is now."""
    roots = Process.objects.filter(
        Q(pk=process.variant_of_id) | Q(pk__in=Process.objects.visible_to(user).values("pk"))
    )
    roots = roots.filter(variant_of=None).exclude(pk=process.pk)
    return roots.without_file().select_related("site").order_by("title", "pk")


def is_variant_elsewhere(one: Process, other: Process) -> bool:
    """Whether both are the same process, each at a site of its own."""
    sites = {one.site_id, other.site_id}
    return root_of(one) == root_of(other) and None not in sites and len(sites) == 2


def hold_family(process: Process, *, only: Collection[str]) -> Process:
    """The locked row of the process as it is kept, within a transaction, of which these columns are read; with it, by
    key as everywhere, those of its variants and of what it becomes a variant of. Raises Process.DoesNotExist.
    """
    family = Q(pk__in=[process.pk, process.variant_of_id]) | Q(variant_of=process.pk)
    rows = Process.objects.select_for_update(no_key=True).filter(family).only(*only).order_by("pk")
    found = next((row for row in rows if row.pk == process.pk), None)
    if found is None:
        raise Process.DoesNotExist
    return found


def join_families(process: Process) -> None:
    """Where a process that has variants becomes one itself, they go with it: whether there are any is not told. Each is
    the variant of another process from now on, and its `changed_at` says so. After `hold_family`.
    """
    if process.variant_of_id:
        process.variants.update(variant_of=process.variant_of_id, changed_at=timezone.now())
