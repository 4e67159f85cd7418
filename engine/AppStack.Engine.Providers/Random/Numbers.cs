using System.Globalization;
using AppStack.Engine.Model.Providers;
using AppStack.Engine.Model.Registration;
using AppStack.Engine.Providers.Common;

namespace AppStack.Engine.Providers.Random;

/// <summary>Checks of numbers.</summary>
internal static class Numbers
{
    /// <summary>Adds a failure when an input is less than it may be.</summary>
    public static CheckResult AtLeast(CheckResult result, string name, int least) =>
        result.Inputs.Number(name) < least
            ? result with { Failures = result.Failures.Add(new CheckFailure(name, $"must be at least {least.ToString(CultureInfo.InvariantCulture)}")) }
            : result;
}
