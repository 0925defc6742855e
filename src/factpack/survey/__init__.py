"""A survey: what the checks find in all files of a dataset, kept from run to run and shared among processes.

What has not changed is not looked at again. This page imports nothing: of a dataset in which nothing has changed, only
what was found before is printed, and neither models nor checks are loaded for it.
"""
