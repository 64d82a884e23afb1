"""The words of the scenarios, one module per concept. The root conftest registers every module here with pytest."""
