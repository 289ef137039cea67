"""The one place where the parts meet: plan, estimate, decide."""

from travelplan.recommendation.answer import Option, Recommendation, travelled
from travelplan.recommendation.combination import combine
from travelplan.recommendation.known import facts_of
from travelplan.recommendation.recommend import recommend

__all__ = ["Option", "Recommendation", "combine", "facts_of", "recommend", "travelled"]
