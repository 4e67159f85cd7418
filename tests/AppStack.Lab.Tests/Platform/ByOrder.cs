using Xunit.Abstractions;
using Xunit.Sdk;

namespace AppStack.Lab.Tests.Platform;

/// <summary>Sorts tests by <see cref="OrderAttribute"/>.</summary>
public sealed class ByOrder : ITestCaseOrderer
{
    /// <inheritdoc/>
    public IEnumerable<TTestCase> OrderTestCases<TTestCase>(IEnumerable<TTestCase> testCases)
        where TTestCase : ITestCase =>
        testCases.OrderBy(test => test.TestMethod.Method.GetCustomAttributes(typeof(OrderAttribute).AssemblyQualifiedName!)
            .Select(attribute => attribute.GetNamedArgument<int>(nameof(OrderAttribute.Position)))
            .FirstOrDefault());
}
