import pytest

from hub.people.models import User
from tests.factories import make_user


@pytest.fixture
def people(db: None) -> list[User]:
    """Enough for two groups that may be shown."""
    return [make_user(f"Person{number}") for number in range(60)]
