"""What is wrong between the rows of a rule set or a set of questions, from plain values alone (X1).

The screen and the loader of plan files ask the same functions. A fault is (field, sentence); a field of a row is
written stages.0.criteria.2.title, counted from nought in the order given. Whatever is left out counts as not there.
"""

from .questions import faults_of_question, faults_of_questions
from .rows import HAS_CRITERIA, faults_of_row
from .wholes import faults_of_rules

__all__ = ["HAS_CRITERIA", "faults_of_question", "faults_of_questions", "faults_of_row", "faults_of_rules"]
