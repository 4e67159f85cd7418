using System.Collections.Immutable;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Planning;

namespace AppStack.Engine.Operations;

// Deletions, dependents first.
internal sealed partial class Deployment
{
    private async Task DeleteAsync(ImmutableArray<NumberedResource> doomed)
    {
        var forbidden = DeletionPlanner.Protected(doomed);
        foreach (var urn in forbidden)
        {
            _failed = true;
            _events.Error(
                $"The resource {urn} cannot be deleted because it is protected. Remove `protect` from it in the program and run `appstack up`, or run `appstack state unprotect '{urn}'`.",
                urn);
        }

        if (forbidden.Length > 0)
        {
            return;
        }

        var deletions = DeletionPlanner.Plan(doomed);
        if (!ArePlanned(deletions))
        {
            return;
        }

        var done = new Task<bool>[deletions.Length];
        for (var i = 0; i < deletions.Length; i++)
        {
            var deletion = deletions[i];
            done[i] = DeleteOneAsync(deletion.Step, [.. deletion.After.Select(index => done[index])]);
        }

        if (Array.Exists(await Task.WhenAll(done), succeeded => !succeeded))
        {
            _failed = true;
        }
    }

    private async Task<bool> DeleteOneAsync(Step step, Task<bool>[] before)
    {
        if (Array.Exists(await Task.WhenAll(before), succeeded => !succeeded))
        {
            _events.Log(new LogMessage(LogSeverity.Debug, "skipped: something that depends on it could not be deleted", step.Subject.Urn));
            return false;
        }

        if (StartsNothing)
        {
            return false;
        }

        try
        {
            if ((await _executor.ExecuteAsync(step)).Succeeded)
            {
                return true;
            }
        }
        catch (PlanningException exception)
        {
            _events.Error(exception.Message, step.Subject.Urn);
        }

        _failed = true;
        return false;
    }
}
