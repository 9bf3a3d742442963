package com.example.purchaserefund;

import software.amazon.awscdk.App;

public final class PurchaseRefundApp {
    public static void main(final String[] args) {
        App app = new App();
        new PurchaseRefundStack(app, "PurchaseRefund");
        app.synth();
    }
}
