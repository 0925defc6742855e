"""Figures."""

from typing import Annotated

from factpack import Amount, Comparator, Comparison, Edtf, Judged, Number, Ref, Unit, Wording, Words

from .record import DONE, Record
from .vocabularies import Aggregation, Flow, Realisation


class Quantity(Record, table="quantities", label="{measure}: {value} {unit}"):
    """Figures with unit, bound and period."""

    realisation: Annotated[Realisation, DONE] = Realisation.REALISED
    """Whether the figure is of something that happened."""
    subject_record: Annotated[str | None, Ref("records"), Judged("the record that the same passage describes")] = None
    """The record that is measured."""
    measure: Annotated[Words, Wording()]
    """What is measured."""
    value: Annotated[Number | None, Amount(unit="unit")] = None
    """The number printed; empty where only a magnitude or an unspecified many is printed."""
    comparator: Annotated[Comparator, Comparison(value="value", unit="unit")]
    """How the printed words bound the number."""
    unit: Annotated[Words, Unit(value="value")]
    """Unit: the noun counted, or the ISO 4217 code of money."""
    aggregation: Annotated[Aggregation, Judged("count, stock, total or average, as the sentence puts it")]
    """What kind of sum it is."""
    period: Edtf | None = None
    """The period that the figure covers."""
    as_of: Edtf | None = None
    """The date at which a stock is counted."""
    flow: Annotated[Flow, Judged("inbound, outbound or none, seen from Viet Nam")]
    """Direction of money or goods, seen from Viet Nam."""
