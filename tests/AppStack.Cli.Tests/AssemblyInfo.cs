// A command tells the program by an environment variable which folder has the descriptors; commands that run in this process at the
// same time would tell each other's program.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]
